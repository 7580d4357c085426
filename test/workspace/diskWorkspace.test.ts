import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type DiskOptions, diskWorkspace } from '#workspace/diskWorkspace.ts';

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function tree(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'querylens-disk-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function check(files: Readonly<Record<string, string>>, options: DiskOptions, expected: readonly string[]): void {
  assert.deepEqual(diskWorkspace(tree(files), options).files(), expected);
}

describe('files()', () => {
  it('lists sources, schemas, migrations and manifests, sorted', () => {
    const wanted = [
      'a.ts',
      'b.tsx',
      'c.mts',
      'd.cts',
      'e.js',
      'f.jsx',
      'g.mjs',
      'h.cjs',
      'package.json',
      'tsconfig.base.json',
    ];
    const schema = ['prisma.config.ts', 'prisma/migrations/1/migration.sql', 'prisma/schema.prisma'];
    const other = ['README.md', 'data.json', 'types.d.ts', 'lib.min.js', 'logo.svg'];
    check(
      Object.fromEntries([...wanted, ...schema, ...other].map((path) => [path, ''])),
      {},
      [...wanted, ...schema].sort(),
    );
  });

  it('leaves out dependencies and build output, but not a source folder of the same name', () => {
    const out = { 'node_modules/x/i.js': '', '.next/s.js': '', 'p/dist/a.js': '', 'build/a.js': '', '.git/h.js': '' };
    check({ ...out, 'src/build/plan.ts': '', 'p/a.ts': '' }, {}, ['p/a.ts', 'src/build/plan.ts']);
  });

  it('honours .gitignore of the root and of folders, with negation', () => {
    const ignores = { '.gitignore': 'gen/\n*.tmp.ts\n', 'p/.gitignore': '/local.ts\n!keep.tmp.ts\n' };
    const files = {
      'gen/a.ts': '',
      'a.tmp.ts': '',
      'p/local.ts': '',
      'p/q/local.ts': '',
      'p/keep.tmp.ts': '',
      'p/gen/b.ts': '',
    };
    check({ ...ignores, ...files }, {}, ['p/keep.tmp.ts', 'p/q/local.ts']);
  });

  it('leaves out what the options ask for', () => {
    check({ 'a.ts': '', 'old/a.ts': '', 'x/y.gen.ts': '' }, { ignore: ['old/**', '**/*.gen.ts'] }, ['a.ts']);
  });

  it('starts at the given files and folders only', () => {
    check({ 'a.ts': '', 'b.ts': '', 'src/c.ts': '', 'src/d/e.ts': '' }, { paths: ['b.ts', 'src/d'] }, [
      'b.ts',
      'src/d/e.ts',
    ]);
  });

  it('reports a path that does not exist and goes on', () => {
    const disk = diskWorkspace(tree({ 'a.ts': '' }), { paths: ['nope', 'a.ts'] });
    assert.deepEqual(disk.files(), ['a.ts']);
    assert.deepEqual(disk.problems(), [{ file: 'nope', reason: 'does not exist' }]);
  });

  it('survives symlink loops, dead links and links out of the root', () => {
    const outside = tree({ 'shared.ts': '' });
    const root = tree({ 'src/a.ts': '' });
    symlinkSync(root, join(root, 'src/loop'));
    symlinkSync(join(root, 'gone'), join(root, 'dead'));
    symlinkSync(outside, join(root, 'linked'));
    symlinkSync(root, join(outside, 'back'));
    assert.deepEqual(diskWorkspace(root).files(), ['linked/shared.ts', 'src/a.ts']);
  });

  it('reports an unreadable folder and lists the rest; the superuser reads it', () => {
    const root = tree({ 'a.ts': '', 'locked/b.ts': '' });
    chmodSync(join(root, 'locked'), 0);
    const disk = diskWorkspace(root);
    const files = disk.files();
    chmodSync(join(root, 'locked'), 0o755);
    const superuser = process.getuid?.() === 0;
    assert.deepEqual(files, superuser ? ['a.ts', 'locked/b.ts'] : ['a.ts']);
    const problem = { file: 'locked', reason: 'folder cannot be read (EACCES)' };
    assert.deepEqual(disk.problems(), superuser ? [] : [problem]);
  });

  it('reports a start that is a link to itself', () => {
    const root = tree({ 'a.ts': '' });
    symlinkSync(join(root, 'self'), join(root, 'self'));
    const disk = diskWorkspace(root, { paths: ['self', '.'] });
    assert.deepEqual(disk.files(), ['a.ts']);
    assert.deepEqual(disk.problems(), [{ file: 'self', reason: 'does not exist' }]);
  });
});

describe('read()', () => {
  function checkText(
    content: string | Buffer,
    text: string | null,
    reason: string | null,
    options: DiskOptions = {},
  ): void {
    const disk = diskWorkspace(tree({ 'a.ts': content }), options);
    assert.equal(disk.read('a.ts'), text);
    assert.deepEqual(disk.problems(), reason === null ? [] : [{ file: 'a.ts', reason }]);
  }

  it('drops a byte order mark and keeps CRLF', () => checkText('\uFEFFconst a = 1;\r\n', 'const a = 1;\r\n', null));
  it('reads invalid UTF-8 with replacement characters', () =>
    checkText(Buffer.from([0x61, 0xe9, 0x62]), 'a\uFFFDb', null));
  it('reports UTF-16', () => checkText(Buffer.from('\uFEFFconst a', 'utf16le'), null, 'is UTF-16; save it as UTF-8'));
  it('reads code that holds a NUL in a string', () => {
    const code = `const separator = '\0';\n// ${'-'.repeat(100)}\n`;
    checkText(code, code, null);
  });
  it('reports binary', () => checkText(Buffer.from([1, 0, 2]), null, 'is binary'));
  it('reports what is too large', () =>
    checkText('x'.repeat(2_000_000), null, '1.9 MB is more than the limit of 1.0 MB', { maxBytes: 1_048_576 }));

  it('gives null for a missing file without calling it a problem', () => {
    const disk = diskWorkspace(tree({}));
    assert.equal(disk.read('none.ts'), null);
    assert.equal(disk.read('.'), null);
    assert.deepEqual(disk.problems(), []);
  });
});
