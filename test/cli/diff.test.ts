import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { git } from '#test/support/repository.ts';
import { parseBySchema } from './jsonSchemas.ts';
import { type Printed, runCli } from './runCli.ts';

const ROUTE = `import express from 'express';
import { titles } from './titles';

const app = express();
app.get('/titles', async (req, res) => res.json(await titles(req.body.ids)));
`;
const CAREFUL = `import { prisma } from './db';

export async function titles(ids: number[]) {
  return prisma.post.findMany({ where: { authorId: { in: ids } }, select: { title: true }, take: 100 });
}
`;
const SLOW = SMALL_PROJECT['src/titles.ts'];
const BEFORE = { ...SMALL_PROJECT, 'src/app.ts': ROUTE, 'src/titles.ts': CAREFUL };

/** A repository whose branch `main` holds the project; the work is done on a branch of its own. */
function repository(context: TestContext, files: Readonly<Record<string, string>> = BEFORE): string {
  const root = projectFolder(context, { ...files, '.gitignore': '.querylens/\n' });
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'Begin');
  git(root, 'checkout', '-qb', 'work');
  return root;
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
}

const diff = (root: string, ...args: readonly string[]): Promise<Printed> => runCli(['diff', 'main', ...args], root);

describe('diff', () => {
  test('says that nothing is new', async (context) => {
    const { status, stdout, stderr } = await diff(repository(context));
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(
      stdout,
      /^<!-- querylens diff -->\n\n## Querylens: nothing new\n\nAgainst `\w{10}`: \d findings? as before, no route costs more or less\.\n$/,
    );
  });

  test('tells what came, and what routes cost by it', async (context) => {
    const root = repository(context);
    write(root, { 'src/titles.ts': SLOW });
    const { status, stdout } = await diff(root);
    assert.equal(status, 1);
    assert.match(stdout, /## Querylens: 1 warning new/);
    assert.match(stdout, /### New\n\n.*\n.*\n\| warning \| n-plus-one \| `src\/titles\.ts:6` \|/);
    assert.match(stdout, /### What requests cost\n\n.*\n.*\n\| `GET \/titles` \| 1 \| N \| `src\/app\.ts:5` \|/);
  });

  test('tells what went, and that is no failure', async (context) => {
    const root = repository(context, { ...BEFORE, 'src/titles.ts': SLOW });
    write(root, { 'src/titles.ts': CAREFUL });
    const { status, stdout } = await diff(root);
    assert.equal(status, 0);
    assert.match(stdout, /<summary>1 finding gone<\/summary>\n\n.*\n.*\n\| warning \| n-plus-one/);
    assert.match(stdout, /\| `GET \/titles` \| N \| 1 \|/);
  });

  test('knows a finding that moved again', async (context) => {
    const root = repository(context, { ...BEFORE, 'src/titles.ts': SLOW });
    write(root, { 'src/titles.ts': `// Moved down.\n\n${SLOW}` });
    const { status, stdout } = await diff(root);
    assert.equal(status, 0);
    assert.match(stdout, /nothing new/);
  });

  test('counts files that came, committed or not, and files that went', async (context) => {
    const root = repository(context, { ...BEFORE, 'src/old.ts': SLOW.replace('titles(', 'old(') });
    write(root, { 'src/fresh.ts': SLOW.replace('titles(', 'fresh(') });
    git(root, 'rm', '-q', 'src/old.ts');
    const { stdout } = await diff(root, '--format', 'json');
    const { fresh, fixed } = parseBySchema('diff.schema.json', stdout);
    const files = (findings: readonly { readonly file: string }[]) => findings.map(({ file }) => file);
    assert.deepEqual([files(fresh), files(fixed)], [['src/fresh.ts'], ['src/old.ts']]);
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'More');
    assert.equal((await diff(root, '--format', 'json')).stdout, stdout);
  });

  test('is not held against what came to the base since', async (context) => {
    const root = repository(context);
    git(root, 'checkout', '-q', 'main');
    write(root, { 'src/other.ts': SLOW.replace('titles(', 'other(') });
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'Go on');
    git(root, 'checkout', '-q', 'work');
    assert.match((await diff(root)).stdout, /nothing new/);
  });

  test('works in a project below the root of the repository', async (context) => {
    const top = realpathSync(mkdtempSync(join(tmpdir(), 'querylens-diff-')));
    context.after(() => rmSync(top, { recursive: true, force: true }));
    const packages = Object.fromEntries(Object.entries(BEFORE).map(([path, text]) => [`packages/api/${path}`, text]));
    const root = repository(context, { ...packages, 'packages/api/package.json': '{ "name": "api" }' });
    write(root, { 'packages/api/src/titles.ts': SLOW });
    const { status, stdout } = await diff(join(root, 'packages/api'));
    assert.equal(status, 1);
    assert.match(stdout, /n-plus-one \| `src\/titles\.ts:6`/);
  });

  test('in a clone without history it takes the base itself and says so', async (context) => {
    const root = repository(context);
    write(root, { 'src/titles.ts': SLOW });
    git(root, 'commit', '-qam', 'Work');
    const shallow = realpathSync(mkdtempSync(join(tmpdir(), 'querylens-shallow-')));
    context.after(() => rmSync(shallow, { recursive: true, force: true }));
    git(shallow, 'clone', '-q', '--depth=1', '--branch', 'work', `file://${root}`, '.');
    git(shallow, 'fetch', '-q', '--depth=1', 'origin', 'main:main');
    const { status, stdout, stderr } = await diff(shallow);
    assert.equal(status, 1);
    assert.match(stdout, /1 warning new/);
    assert.match(stderr, /where the branch left "main" is not known here/);
  });

  test('says what it needs', async (context) => {
    const outside = await runCli(['diff', 'main'], projectFolder(context, BEFORE));
    assert.deepEqual([outside.status, outside.stdout], [2, '']);
    assert.match(outside.stderr, /the folder is not in a git repository/);
    const unknown = await runCli(['diff', 'nowhere'], repository(context));
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /there is no commit called "nowhere" here; in CI fetch it first/);
  });
});
