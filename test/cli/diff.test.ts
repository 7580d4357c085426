import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CAREFUL, CAREFUL_PROJECT, SLOW_PROJECT } from '#test/support/changedProject.ts';
import { git, gitRepository, shallowClone } from '#test/support/gitRepository.ts';
import { PROGRAM } from '#test/support/lspClient.ts';
import { LOOP, projectFolder } from '#test/support/projectFolder.ts';
import { parseBySchema } from './jsonSchemas.ts';
import { type Printed, runCli } from './runCli.ts';

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
}

const SLOW_LOG = `2026-01-01 10:00:01.000 UTC [7] LOG:  duration: 1200.0 ms  execute <unnamed>: SELECT "public"."Post"."id", "public"."Post"."title" FROM "public"."Post" WHERE "public"."Post"."authorId" IN ($1,$2) ORDER BY "public"."Post"."id" ASC LIMIT $3 OFFSET $4\n`;

const diff = (root: string, ...args: readonly string[]): Promise<Printed> => runCli(['diff', 'main', ...args], root);

describe('diff', () => {
  test('says that nothing is new', async (context) => {
    const { status, stdout, stderr } = await diff(gitRepository(context, CAREFUL_PROJECT));
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(
      stdout,
      /^<!-- querylens diff -->\n\n## Querylens passes: nothing new\n\nAgainst `\w{10}`: \d findings? as before, no route costs more or less\.\n$/,
    );
  });

  test('tells what came, and what routes cost by it', async (context) => {
    const root = gitRepository(context, CAREFUL_PROJECT);
    write(root, { 'src/titles.ts': LOOP });
    const { status, stdout } = await diff(root);
    assert.equal(status, 1);
    assert.match(stdout, /## Querylens fails: 1 warning new/);
    assert.match(stdout, /### New\n\n.*\n.*\n\| warning \| n-plus-one \| `src\/titles\.ts:6` \|/);
    assert.match(
      stdout,
      /### What requests cost\n\n.*\n.*\n\| `GET \/titles` \| 1 \| N \| N: ids \| `src\/app\.ts:5` \|/,
    );
  });

  test('tells what went, and that is no failure', async (context) => {
    const root = gitRepository(context, SLOW_PROJECT);
    write(root, { 'src/titles.ts': CAREFUL });
    const { status, stdout } = await diff(root);
    assert.equal(status, 0);
    assert.match(stdout, /<summary>1 finding gone<\/summary>\n\n.*\n.*\n\| warning \| n-plus-one/);
    assert.match(stdout, /\| `GET \/titles` \| N \| 1 \|/);
  });

  test('knows a finding that moved again', async (context) => {
    const root = gitRepository(context, SLOW_PROJECT);
    write(root, { 'src/titles.ts': `// Moved down.\n\n${LOOP}` });
    const { status, stdout } = await diff(root);
    assert.equal(status, 0);
    assert.match(stdout, /nothing new/);
  });

  test('counts files that came, committed or not, and files that went', async (context) => {
    const root = gitRepository(context, { ...CAREFUL_PROJECT, 'src/old.ts': LOOP.replace('titles(', 'old(') });
    write(root, { 'src/fresh.ts': LOOP.replace('titles(', 'fresh(') });
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
    const root = gitRepository(context, CAREFUL_PROJECT);
    git(root, 'checkout', '-q', 'main');
    write(root, { 'src/other.ts': LOOP.replace('titles(', 'other(') });
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'Go on');
    git(root, 'checkout', '-q', 'work');
    assert.match((await diff(root)).stdout, /nothing new/);
  });

  test('works in a project below the root of the repository', async (context) => {
    const packages = Object.fromEntries(
      Object.entries(CAREFUL_PROJECT).map(([path, text]) => [`packages/api/${path}`, text]),
    );
    const root = gitRepository(context, { ...packages, 'packages/api/package.json': '{ "name": "api" }' });
    write(root, { 'packages/api/src/titles.ts': LOOP });
    const { status, stdout } = await diff(join(root, 'packages/api'));
    assert.equal(status, 1);
    assert.match(stdout, /^<!-- querylens diff packages\/api -->\n\n## Querylens fails for `packages\/api`: /);
    assert.match(stdout, /n-plus-one \| `src\/titles\.ts:6`/);
  });

  test('in a clone without history it takes the base itself and says so', async (context) => {
    const root = gitRepository(context, CAREFUL_PROJECT);
    write(root, { 'src/titles.ts': LOOP });
    git(root, 'commit', '-qam', 'Work');
    const { status, stdout, stderr } = await diff(shallowClone(context, root));
    assert.equal(status, 1);
    assert.match(stdout, /1 warning new/);
    assert.match(stderr, /where the branch left "main" is not known here/);
  });

  test('counts all of a project that came to Prisma since as new', async (context) => {
    const root = gitRepository(context, { 'package.json': '{ "name": "example" }' });
    for (const folder of ['prisma', 'src']) mkdirSync(join(root, folder));
    write(root, SLOW_PROJECT);
    const { status, stdout } = await diff(root);
    assert.equal(status, 1);
    assert.match(stdout, /^## Querylens fails: 1 warning new, cost of 1 route changed$/m);
    assert.match(stdout, /\| `GET \/titles` \| {2}\| N \|/);
  });

  test('does not take findings for gone that a broken schema hides', async (context) => {
    const root = gitRepository(context, SLOW_PROJECT);
    write(root, { 'prisma/schema.prisma': 'model Post {\n  id Int @id\n' });
    const { status, stdout, stderr } = await diff(root);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /prisma\/schema\.prisma:\d+: .*; nothing can be compared until that is put right/);
  });

  test('needs git', (context) => {
    const root = gitRepository(context, CAREFUL_PROJECT);
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'diff', 'main'], {
      ...{ cwd: root, env: { PATH: '' }, encoding: 'utf8' },
    });
    assert.equal(status, 2);
    assert.match(stderr, /git is needed for this and cannot be run/);
  });

  test('tells a budget that is crossed by it from one that was crossed before', async (context) => {
    const budgets = { routes: { '*': { queries: 1 } }, slowQueries: { overMs: 1000, perHour: 0 } };
    const config = { 'querylens.config.json': JSON.stringify({ budgets, logs: [] }) };
    const root = gitRepository(context, { ...CAREFUL_PROJECT, ...config });
    writeFileSync(join(root, 'db.log'), SLOW_LOG);
    assert.equal((await runCli(['ingest', 'db.log'], root)).status, 0);
    const kept = await diff(root);
    assert.equal(kept.status, 0);
    assert.match(kept.stdout, /<summary>1 budget crossed, not by this change<\/summary>/);
    write(root, { 'src/titles.ts': CAREFUL.replace('  return', '  await prisma.user.count();\n  return') });
    const { status, stdout } = await diff(root);
    assert.equal(status, 1);
    assert.match(stdout, /^## Querylens fails: .*1 budget crossed, cost of 1 route changed$/m);
    git(root, 'commit', '-qam', 'Ask twice');
    write(root, { 'src/titles.ts': LOOP });
    git(root, 'commit', '-qam', 'Ask in a loop');
    git(root, 'branch', '-f', 'main');
    write(root, { 'src/titles.ts': CAREFUL.replace('  return', '  await prisma.user.count();\n  return') });
    assert.equal((await diff(root)).status, 0, 'what nothing was known of is not made worse');
    assert.match(
      stdout,
      /### Budgets crossed\n\n.*\n.*\n\| GET \/titles: queries in one request 2, at most 1 \| `src\/app\.ts:5` \|/,
    );
  });

  test('tells how a query did before it was changed here, and not one that was changed before', async (context) => {
    const root = gitRepository(context, CAREFUL_PROJECT);
    writeFileSync(join(root, 'db.log'), SLOW_LOG);
    assert.equal((await runCli(['ingest', 'db.log'], root)).status, 0);
    write(root, { 'src/titles.ts': CAREFUL.replace('take: 100', 'take: 50') });
    const { stdout } = await diff(root);
    assert.match(
      stdout,
      /### Measured before and after\n\n.*\n.*\n\| `Post\.findMany` \| .*1\.2 s.* \| not measured yet \| `src\/titles\.ts:4` \|/,
    );
    git(root, 'commit', '-qam', 'Change');
    git(root, 'branch', '-f', 'main');
    write(root, { 'src/app.ts': `${CAREFUL_PROJECT['src/app.ts']}// More.\n` });
    assert.doesNotMatch((await diff(root)).stdout, /Measured before/);
  });

  test('links places where the service says what it holds', async (context) => {
    const root = gitRepository(context, SLOW_PROJECT);
    const before = git(root, 'rev-parse', 'HEAD');
    write(root, { 'src/titles.ts': CAREFUL, 'src/[id].ts': LOOP.replace('titles(', 'others(') });
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'Work');
    const now = git(root, 'rev-parse', 'HEAD');
    const at = async (env: Record<string, string>, ...args: readonly string[]) =>
      (await runCli(['diff', 'main', ...args], root, { env })).stdout;
    const github = await at({ GITHUB_SERVER_URL: 'https://github.example', GITHUB_REPOSITORY: 'a/b' });
    assert.ok(github.includes(`[\`src/[id].ts:6\`](https://github.example/a/b/blob/${now}/src/%5Bid%5D.ts#L6)`));
    assert.ok(github.includes(`[\`src/titles.ts:6\`](https://github.example/a/b/blob/${before}/src/titles.ts#L6)`));
    const gitlab = await at({ CI_PROJECT_URL: 'https://gitlab.example/a/b' });
    assert.ok(gitlab.includes(`(https://gitlab.example/a/b/-/blob/${now}/src/app.ts#L5)`));
    const own = await at({}, '--link', 'https://example.org/{file}?at={commit}&line={line}');
    assert.ok(own.includes(`(https://example.org/src/app.ts?at=${now}&line=5)`));
    const wrong = await runCli(['diff', 'main', '--link', 'somewhere'], root);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /--link somewhere: this must be an address with \{file\} in it/);
  });

  test('says what it needs', async (context) => {
    const outside = await runCli(['diff', 'main'], projectFolder(context, CAREFUL_PROJECT));
    assert.deepEqual([outside.status, outside.stdout], [2, '']);
    assert.match(outside.stderr, /the folder is not in a git repository/);
    const unknown = await runCli(['diff', 'nowhere'], gitRepository(context, CAREFUL_PROJECT));
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /there is no commit called "nowhere" here; in CI fetch it first/);
    const commit = '0123456789012345678901234567890123456789';
    const fetches = [
      ['nowhere', 'origin nowhere:nowhere'],
      ['origin/main', 'origin main:refs/remotes/origin/main'],
      [commit, `origin ${commit}`],
    ] as const;
    for (const [ref, fetch] of fetches) {
      const { stderr } = await runCli(['diff', ref], gitRepository(context, CAREFUL_PROJECT));
      assert.ok(stderr.endsWith(`git fetch --depth=1 ${fetch}\n`), stderr);
    }
  });
});
