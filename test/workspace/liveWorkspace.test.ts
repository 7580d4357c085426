import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { seededRandom } from '#test/support/seededRandom.ts';
import { type DiskOptions, diskWorkspace } from '#workspace/diskWorkspace.ts';
import { type LiveWorkspace, liveWorkspace } from '#workspace/liveWorkspace.ts';

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function tree(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'querylens-live-')));
  made.push(root);
  for (const [path, content] of Object.entries(files)) write(root, path, content);
  return root;
}

function write(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** After a change it was told of, the list is that of a workspace that looks for the first time. */
function check(
  files: Readonly<Record<string, string>>,
  change: (root: string) => readonly string[],
  options: DiskOptions = {},
): LiveWorkspace {
  const root = tree(files);
  const live = liveWorkspace(root, options);
  live.files();
  live.changedOnDisk(change(root));
  assert.deepEqual(live.files(), diskWorkspace(root, options).files());
  return live;
}

describe('the list after a change on the disk', () => {
  it('gains a new file and loses a deleted one', () => {
    check({ 'a.ts': '', 'b.ts': '' }, (root) => {
      write(root, 'src/new.ts', '');
      rmSync(join(root, 'a.ts'));
      return ['src/new.ts', 'a.ts'];
    });
  });

  it('follows a renamed folder that is reported as a folder alone', () => {
    check({ 'src/old/a.ts': '', 'src/old/b/c.ts': '', 'src/older.ts': '' }, (root) => {
      renameSync(join(root, 'src/old'), join(root, 'src/fresh'));
      return ['src/old', 'src/fresh/'];
    });
  });

  it('follows a .gitignore that appears, changes and vanishes', () => {
    const live = check({ 'a.ts': '', 'gen/b.ts': '' }, (root) => {
      write(root, '.gitignore', 'gen/\n');
      return ['.gitignore'];
    });
    write(live.root, '.gitignore', '*.ts\n');
    live.changedOnDisk(['.gitignore']);
    assert.deepEqual(live.files(), []);
    rmSync(join(live.root, '.gitignore'));
    live.changedOnDisk(['.gitignore']);
    assert.deepEqual(live.files(), ['a.ts', 'gen/b.ts']);
  });

  it('leaves out what ignore files and options leave out', () => {
    const ignored = ['gen/a.ts', 'node_modules/x/i.ts', 'old/a.ts', 'src/b.d.ts', 'p/dist/i.js', 'src/build/plan.ts'];
    check(
      { '.gitignore': 'gen/\n', 'a.ts': '' },
      (root) => {
        for (const path of ignored) write(root, path, '');
        return ignored;
      },
      { ignore: ['old/**'] },
    );
  });

  it('looks everywhere again where a link is involved', () => {
    const outside = tree({ 'a.ts': '' });
    const live = check({ 'a.ts': '' }, (root) => {
      symlinkSync(outside, join(root, 'linked'));
      return ['linked'];
    });
    write(outside, 'b.ts', '');
    live.changedOnDisk(['linked/b.ts']);
    assert.deepEqual(live.files(), ['a.ts', 'linked/a.ts', 'linked/b.ts']);
  });

  it('is the same array while nothing of it changed', () => {
    const live = check({ 'a.ts': '' }, (root) => {
      write(root, 'a.ts', 'changed');
      return ['a.ts'];
    });
    const before = live.files();
    live.changedOnDisk(['a.ts', 'README.md', 'node_modules/x/index.ts']);
    assert.equal(live.files(), before);
  });

  it('equals a fresh list after any sequence of changes', () => {
    for (const seed of [1, 2, 3, 4]) wander(seed, 60);
  });
});

const FOLDERS = ['', 'src', 'src/gen', 'src/gen/deep', 'p/build', 'src/app', 'p', 'node_modules/x'];
const NAMES = ['a.ts', 'b.tsx', 'schema.prisma', 'package.json', 'c.d.ts', 'notes.md', 'x.tmp.ts'];
const IGNORES = ['gen/\n', '*.tmp.ts\n', '/a.ts\n!x.tmp.ts\n', '', 'src/\n'];

function wander(seed: number, steps: number): void {
  const { pick } = seededRandom(seed);
  const root = tree({ 'src/a.ts': '', 'p/package.json': '{}' });
  const live = liveWorkspace(root);
  const moves: readonly (() => readonly string[])[] = [
    () => written(`${pick(FOLDERS)}/${pick(NAMES)}`, ''),
    () => written(`${pick(FOLDERS)}/${pick(NAMES)}`, ''),
    () => written(`${pick(FOLDERS)}/.gitignore`, pick(IGNORES)),
    () => removed(`${pick(FOLDERS)}/${pick([...NAMES, '.gitignore'])}`),
    () => removed(pick(FOLDERS.slice(1))),
    () => renamed(pick(FOLDERS.slice(1)), pick(['moved', 'src/moved', 'p/out'])),
    () => renamed(pick(['moved', 'src/moved', 'p/out']), pick(FOLDERS.slice(1))),
  ];
  for (let step = 0; step < steps; step++) {
    live.changedOnDisk(pick(moves)());
    assert.deepEqual(live.files(), diskWorkspace(root).files(), `seed ${seed}, step ${step}`);
  }

  function written(path: string, content: string): readonly string[] {
    write(root, path, content);
    return [path.replace(/^\//, '')];
  }
  function removed(path: string): readonly string[] {
    rmSync(join(root, path), { recursive: true, force: true });
    return [path.replace(/^\//, '')];
  }
  function renamed(from: string, to: string): readonly string[] {
    if (to.startsWith(`${from}/`) || from.startsWith(`${to}/`)) return [];
    rmSync(join(root, to), { recursive: true, force: true });
    mkdirSync(dirname(join(root, to)), { recursive: true });
    mkdirSync(join(root, from), { recursive: true });
    renameSync(join(root, from), join(root, to));
    return [from, to];
  }
}

describe('open documents', () => {
  it('win over the disk until they are closed', () => {
    const live = liveWorkspace(tree({ 'a.ts': 'disk' }));
    live.open('a.ts', 'typed');
    assert.equal(live.read('a.ts'), 'typed');
    live.open('a.ts', 'typed on');
    assert.equal(live.read('a.ts'), 'typed on');
    live.close('a.ts');
    assert.equal(live.read('a.ts'), 'disk');
  });

  it('are listed though not on the disk yet, and only where a file of that path would be', () => {
    const live = liveWorkspace(tree({ '.gitignore': 'gen/\n', 'b.ts': '' }));
    for (const path of ['a.ts', 'gen/a.ts', 'node_modules/x/index.ts', 'notes.md']) live.open(path, 'text');
    assert.deepEqual(live.files(), ['a.ts', 'b.ts']);
    live.close('a.ts');
    assert.deepEqual(live.files(), ['b.ts']);
  });

  it('stay listed when their file is deleted below them', () => {
    const root = tree({ 'a.ts': 'disk' });
    const live = liveWorkspace(root);
    live.open('a.ts', 'typed');
    rmSync(join(root, 'a.ts'));
    live.changedOnDisk(['a.ts']);
    assert.deepEqual([live.files(), live.read('a.ts')], [['a.ts'], 'typed']);
  });

  it('are held to the same limits as files, and say so once', () => {
    const live = liveWorkspace(tree({ 'a.ts': '', 'big.ts': 'x'.repeat(3000) }), { maxBytes: 2048 });
    live.open('a.ts', 'é'.repeat(1500));
    for (let again = 0; again < 2; again++) assert.deepEqual([live.read('a.ts'), live.read('big.ts')], [null, null]);
    assert.deepEqual(
      live.problems().map(({ file, reason }) => `${file} ${reason}`),
      ['a.ts 0.0 MB is more than the limit of 0.0 MB', 'big.ts 0.0 MB is more than the limit of 0.0 MB'],
    );
    live.open('a.ts', 'small again');
    live.read('a.ts');
    assert.deepEqual(
      live.problems().map(({ file }) => file),
      ['big.ts'],
    );
  });
});
