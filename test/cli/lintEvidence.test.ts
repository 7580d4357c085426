import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { REPORTERS } from '#cli/reporters/reporters.ts';
import { PROGRAM } from '#test/support/lspClient.ts';
import { CLIENT, LOOP, projectFolder, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { type Printed, runCli } from './runCli.ts';

const STORE = '.querylens/evidence.db';

const USERS = `import express from 'express';
import { prisma } from './db';

const app = express();
app.get('/users', async (_, response) => {
  response.json(await prisma.user.findMany());
});
`;

const POSTS_SQL =
  'SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post" WHERE "public"."Post"."authorId" = $1 ORDER BY "public"."Post"."id" ASC LIMIT $2 OFFSET $3';
const USERS_SQL = 'SELECT "public"."User"."id", "public"."User"."email" FROM "public"."User" WHERE 1=1 OFFSET $1';

function project(context: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const own = {
    'prisma/schema.prisma': SMALL_SCHEMA,
    'src/db.ts': CLIENT,
    'src/titles.ts': LOOP,
    'src/users.ts': USERS,
  };
  return projectFolder(context, { ...own, ...files });
}

/** So many executions of one length as PostgreSQL logs them, all in one hour. */
function executions(sql: string, count: number, ms: number): string {
  const line = (at: number) =>
    `2026-01-01 10:${String(Math.floor(at / 60) % 60).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}.000 UTC [7] LOG:  duration: ${ms.toFixed(3)} ms  execute s0: ${sql}\n`;
  return Array.from({ length: count }, (_, at) => line(at)).join('');
}

async function counted(root: string, log: string): Promise<void> {
  writeFileSync(join(root, 'db.log'), log);
  const { status, stderr } = await runCli(['ingest', 'db.log'], root);
  assert.deepEqual([status, stderr], [0, '']);
}

const lint = (root: string, ...args: readonly string[]): Promise<Printed> => runCli(['lint', ...args], root);

interface Output {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly findings: readonly Readonly<Record<string, unknown>>[];
}

async function output(root: string, ...args: readonly string[]): Promise<Output> {
  return JSON.parse((await lint(root, '--format', 'json', ...args)).stdout);
}

const SLOW = executions(POSTS_SQL, 200, 800) + executions(USERS_SQL, 1000, 2);

describe('without a store', () => {
  test('lint says the same with and without the option, makes nothing, and names nothing that was measured', async (context) => {
    const root = project(context);
    for (const format of Object.keys(REPORTERS)) {
      const plain = await lint(root, '--format', format);
      assert.deepEqual(await lint(root, '--format', format, '--no-evidence'), plain);
      assert.equal(plain.stderr, '');
      assert.doesNotMatch(plain.stdout, /measured|executions|former/);
    }
    assert.ok(!existsSync(join(root, '.querylens')));
  });

  test('--evidence fails and says how to come by one', async (context) => {
    const { status, stdout, stderr } = await lint(project(context), '--evidence');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^querylens: --evidence: there are no measurements yet; `querylens ingest` counts .*\n$/);
  });
});

describe('where SQLite does not load', () => {
  const preload = join(import.meta.dirname, 'withoutSqlite.mjs');
  const lintWithout = (root: string, ...args: readonly string[]) => {
    const own = ['--import', preload, PROGRAM, 'lint', '--format', 'json', ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, own, { cwd: root, encoding: 'utf8' });
    return { status, stderr, findings: stdout === '' ? null : (JSON.parse(stdout) as Output).findings };
  };

  test('lint does without, and says so only where there is something to be read', async (context) => {
    const root = project(context);
    const { findings } = await output(root);
    assert.deepEqual(lintWithout(root), { status: 1, stderr: '', findings });
    await counted(root, SLOW);
    assert.deepEqual(lintWithout(root), {
      status: 1,
      stderr:
        'querylens: measurements cannot be read: SQLite its native module does not load; findings are those of the code alone\n',
      findings,
    });
    assert.equal(lintWithout(root, '--evidence').status, 2);
  });
});

describe('with a store', () => {
  test('findings carry figures, rise and fall by them, and say so', async (context) => {
    const root = project(context);
    await counted(root, SLOW);
    const { summary, findings } = await output(root);
    assert.deepEqual(summary.measured, { calls: 2, executions: 1200, lastSeen: Date.UTC(2026, 0, 1, 10) });
    const [loop, list] = ['n-plus-one', 'unbounded-query'].map((id) => findings.find(({ rule }) => rule === id));
    assert.deepEqual([loop?.severity, loop?.proof], ['warning', 'observed']);
    assert.match(String(loop?.message), / Measured: p95 8\d\d ms, mean 800 ms over 200 calls\.$/);
    assert.deepEqual(Object.keys(loop?.measurement ?? {}), [
      ...['match', 'calls', 'meanMs', 'maxMs', 'p50Ms', 'p95Ms', 'p99Ms', 'perRequest', 'perHour', 'lastSeen'],
    ]);
    assert.deepEqual([list?.severity, list?.proof], ['hint', 'schema']);
    assert.match(String(list?.message), / Measured: p95 2 ms over 1k calls, so only a hint\.$/);
  });

  test('--no-evidence says what was said before there was one, byte for byte', async (context) => {
    const root = project(context);
    const formats = Object.keys(REPORTERS);
    const before = await Promise.all(formats.map((format) => lint(root, '--format', format)));
    await counted(root, SLOW);
    const after = await Promise.all(formats.map((format) => lint(root, '--format', format, '--no-evidence')));
    assert.deepEqual(after, before);
  });

  test('of several projects one is enough, and only its calls are counted', async (context) => {
    const root = project(context);
    await counted(root, SLOW);
    const other = project(context);
    const { stdout, stderr } = await lint(root, root, other, '--evidence');
    assert.equal(stderr, '');
    assert.match(stdout, /^measurements: 1,200 executions of 2 calls, /m);
  });

  test('the same store gives the same bytes', async (context) => {
    const root = project(context);
    await counted(root, SLOW);
    assert.deepEqual(await lint(root), await lint(root, '--evidence'));
  });

  test('the summary says what was used, and where most time went', async (context) => {
    const root = project(context);
    await counted(root, SLOW);
    const { stdout, stderr } = await lint(root);
    assert.equal(stderr, '');
    assert.match(stdout, /^measurements: 1,200 executions of 2 calls, last seen 1 Jan 2026, 10:00 UTC$/m);
    assert.match(
      stdout,
      /^ {2}seen {3}p50 8\d\d ms · p95 8\d\d ms · 200 calls\/h \(200 calls, last seen 1 Jan 2026, 10:00 UTC;/m,
    );
    assert.match(
      stdout,
      /^most time went to\n {2}2\.7 min in 200 calls {2}src\/titles\.ts:6:23 {2}n-plus-one\n {2}2 s in 1,000 calls /m,
    );
  });

  test('formats without a summary say it on standard error', async (context) => {
    const root = project(context);
    await counted(root, SLOW);
    for (const format of ['sarif', 'github', 'gitlab', 'junit', 'markdown', 'agent']) {
      const { stderr } = await lint(root, '--format', format);
      assert.equal(stderr, 'querylens: measurements: 1,200 executions of 2 calls, last seen 1 Jan 2026, 10:00 UTC\n');
    }
  });

  test('one that cannot be read is left out with one line, and fails where it is required', async (context) => {
    const root = project(context);
    const before = await lint(root);
    await counted(root, SLOW);
    writeFileSync(join(root, STORE), 'this was a store\n'.repeat(1000));
    const { stdout, stderr, status } = await lint(root);
    assert.deepEqual([stdout, status], [before.stdout, before.status]);
    assert.match(stderr, /^querylens: .*evidence\.db is damaged.*; findings are those of the code alone\n$/);
    const required = await lint(root, '--evidence');
    assert.equal(required.status, 2);
    assert.match(required.stderr, /^querylens: --evidence: .*evidence\.db is damaged.*\n$/);
  });

  test('a slow call that nothing explains has a finding, which a comment hides and is not unused elsewhere', async (context) => {
    const one = `import { prisma } from './db';\n\nexport const user = (id: number) => prisma.user.findUnique({ where: { id } });\n`;
    const sql =
      'SELECT "public"."User"."id", "public"."User"."email" FROM "public"."User" WHERE ("public"."User"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3';
    const root = project(context, { 'src/user.ts': one });
    await counted(root, executions(sql, 30, 700));
    const rules = async () =>
      (await output(root)).findings.filter(({ file }) => file === 'src/user.ts').map(({ rule }) => rule);
    assert.deepEqual(await rules(), ['slow-query']);
    const hidden = one.replace('export', '// querylens-ignore-next-line slow-query -- the table is remote\nexport');
    writeFileSync(join(root, 'src/user.ts'), hidden);
    assert.deepEqual(await rules(), []);
    assert.deepEqual(
      (await output(root, '--no-evidence')).findings.filter(({ rule }) => rule === 'unused-ignore'),
      [],
    );
  });

  test('an accepted slow call is not stale where nothing is measured, and is not pruned there', async (context) => {
    const one = `import { prisma } from './db';\n\nexport const user = (id: number) => prisma.user.findUnique({ where: { id } });\n`;
    const sql =
      'SELECT "public"."User"."id", "public"."User"."email" FROM "public"."User" WHERE ("public"."User"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3';
    const [measured, elsewhere] = [project(context, { 'src/user.ts': one }), project(context, { 'src/user.ts': one })];
    await counted(measured, executions(sql, 30, 700));
    await runCli(['baseline', 'create'], measured);
    const baseline = readFileSync(join(measured, 'querylens-baseline.json'), 'utf8');
    assert.match(baseline, /"slow-query"/);
    assert.deepEqual((await output(measured)).findings, []);
    writeFileSync(join(elsewhere, 'querylens-baseline.json'), baseline);
    const { status, stderr } = await lint(elsewhere);
    assert.deepEqual([status, stderr], [0, '']);
    await runCli(['baseline', 'prune'], elsewhere);
    assert.equal(readFileSync(join(elsewhere, 'querylens-baseline.json'), 'utf8'), baseline);
  });
});

test('a query that was changed since shows what it was before', async (context) => {
  const root = project(context);
  await counted(root, SLOW);
  writeFileSync(join(root, 'src/titles.ts'), LOOP.replace("{ id: 'asc' }", "{ title: 'asc' }"));
  const loop = (await output(root)).findings.find(({ rule }) => rule === 'n-plus-one');
  assert.equal(loop?.measurement, null);
  assert.equal((loop?.former as { calls?: number } | undefined)?.calls, 200);
  assert.match(
    (await lint(root)).stdout,
    /^ {2}was {4}before this query was changed \(1 Jan 2026\): p50 8\d\d ms · p95 8\d\d ms · 200 calls$/m,
  );
});
