import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { runCli } from './runCli.ts';

const FIND = 'SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post"';
const FIRST = `${FIND} WHERE "public"."Post"."authorId" = $1 ORDER BY "public"."Post"."id" ASC LIMIT $2 OFFSET $3`;
const PROGRAM = join(import.meta.dirname, '../../server/src/cli/process.ts');

type Step = 'parse' | 'bind' | 'execute';

function step(kind: Step, session = 7, sql = FIRST, day = '2026-01-01'): string {
  return `${day} 10:00:01.000 UTC [${session}] LOG:  duration: 0.5 ms  ${kind} <unnamed>: ${sql}\n`;
}

/** One execution as PostgreSQL logs it. */
function execution(sql = FIRST, day?: string): string {
  return step('parse', 7, sql, day) + step('bind', 7, sql, day) + step('execute', 7, sql, day);
}

const SEVERAL_LINES = execution(FIRST.replaceAll(' FROM', '\n\t  FROM'));

const project = (context: TestContext, files: Readonly<Record<string, string | Buffer>> = {}) =>
  projectFolder(context, { ...SMALL_PROJECT, ...files });

/** Executions kept, by how they were matched. */
async function kept(root: string): Promise<Readonly<Record<string, number>>> {
  const opened = openStore(await loadSqlite(), root);
  assert.ok(opened.kind === 'open');
  const counts = new Map<string, number>();
  for (const { subject, count } of opened.store.tallies())
    counts.set(subject.match, (counts.get(subject.match) ?? 0) + count);
  opened.store.close();
  return Object.fromEntries(counts);
}

describe('of a log with', () => {
  /** What is kept, what is said, and that nothing of it counts again. */
  const check = (
    name: string,
    log: string | Buffer,
    expected: Readonly<Record<string, number>>,
    said: RegExp = /executions? counted/,
    ...args: readonly string[]
  ): void => {
    test(name, async (context) => {
      const root = project(context, { 'db.log': log });
      const { stdout, stderr } = await runCli(['ingest', 'db.log', ...args], root);
      assert.equal(stderr, '');
      assert.match(stdout, said);
      assert.deepEqual(await kept(root), expected);
      await runCli(['ingest', 'db.log', ...args], root);
      assert.deepEqual(await kept(root), expected);
    });
  };
  check(
    'a record that is cut off',
    execution() + step('parse') + step('execute').slice(0, 60),
    { shape: 1 },
    /1 lines? could not be read/,
  );
  check(
    'a beginning that is cut off',
    step('execute').slice(70) + execution(),
    { shape: 1 },
    /1 lines? could not be read/,
  );
  check(
    'sessions that write in turn',
    [step('parse', 1), step('parse', 2), step('bind', 2), step('bind', 1), step('execute', 1), step('execute', 2)].join(
      '',
    ),
    { shape: 2 },
  );
  check('statements of several lines', SEVERAL_LINES + execution(), { shape: 2 });
  check(
    'lines of somebody else between',
    `${SEVERAL_LINES}what is this\n\n${execution()}`,
    { shape: 2 },
    /1 lines? could not be read/,
  );
  check(
    'bytes that are no UTF-8',
    Buffer.from(
      `${execution()}${execution(`${FIND} WHERE "title" = '\xe9\xff\xfe'`)}\xff\xc3\n${execution()}`,
      'latin1',
    ),
    { shape: 2, unmatched: 1 },
  );
  check('line ends of Windows', execution().repeat(2).replaceAll('\n', '\r\n'), { shape: 2 });
  check(
    'a format that is not its own',
    execution(),
    {},
    /no execution is in it \(mysql-slow\)/,
    '--format',
    'mysql-slow',
  );
  check(
    'statements of another database',
    execution('SELECT a FROM "Other"').repeat(20),
    { unmatched: 20 },
    /none of these is known to be sent by the project: is it the log of another database\?/,
  );
  check(
    'a clock that is years ahead',
    execution() + execution(FIRST, '2199-01-01'),
    { shape: 2 },
    /1 are dated in the future/,
  );
  check('a clock that is years behind', execution(FIRST, '1999-01-01'), { shape: 1 });
});

test('a clock that is years off takes nothing from what was counted', async (context) => {
  const root = project(context, {
    'db.log': execution(),
    'ahead.log': execution(FIRST, '2199-01-01').repeat(2),
    'behind.log': execution(FIRST, '1999-01-01'),
  });
  await runCli(['ingest', 'db.log'], root);
  const { stdout } = await runCli(['ingest', 'behind.log', 'db.log'], root);
  assert.match(stdout, /1 older executions were dropped: 14 days and 256 MB are kept/);
  assert.deepEqual(await kept(root), { shape: 1 });
});

/** A process of its own, so that its limits are too. */
function run(command: string, args: readonly string[], cwd: string, uid?: number) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    ...(uid !== undefined && { uid }),
  });
  return { status, stdout, stderr };
}

test('a line of 100 MB takes no more memory than others', (context) => {
  const root = project(context);
  const log = openSync(join(root, 'db.log'), 'w');
  writeSync(log, execution());
  for (let megabyte = 0; megabyte < 100; megabyte++) writeSync(log, 'x'.repeat(1 << 20));
  writeSync(log, `\n${execution()}`);
  closeSync(log);
  const tell = "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS))";
  const program = `${tell}; process.argv.splice(1, 0, 'querylens'); await import(${JSON.stringify(PROGRAM)})`;
  const ran = (file: string) => run(process.execPath, ['--input-type=module', '-e', program, 'ingest', file], root);
  writeFileSync(join(root, 'short.log'), execution('SELECT 1'));
  const [short, long] = [ran('short.log'), ran('db.log')];
  assert.match(long.stdout, /2 executions counted[\s\S]*1 lines? could not be read/);
  const [least = 0, most = 0] = [short, long].map(({ stderr }) => Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024);
  context.diagnostic(`${Math.round(least)} MB, with the line ${Math.round(most)} MB`);
  assert.ok(most < least + 100, `${most} MB`);
});

test('a folder that cannot be written is said to be so', (context) => {
  const root = project(context, { 'db.log': execution() });
  chmodSync(root, 0o555);
  if (process.platform === 'win32') return context.skip('folders cannot be made read-only there');
  // Root may write everywhere.
  const uid = process.getuid?.() === 0 ? 65534 : undefined;
  const { status, stdout, stderr } = run(process.execPath, [PROGRAM, 'ingest', 'db.log'], root, uid);
  assert.deepEqual([status, stdout], [2, '']);
  assert.match(stderr, /^querylens: .*\.querylens.*(?:EACCES|cannot be written)/);
});

test('a disk that is full ends the run in a sentence, and the next run goes on from there', async (context) => {
  if (process.platform === 'win32') return context.skip('there is no limit for files there');
  const statements = Array.from({ length: 4000 }, (_, index) => execution(`SELECT "column${index}" FROM "Other"`));
  const root = project(context, { 'db.log': execution() });
  run(process.execPath, [PROGRAM, 'ingest', 'db.log'], root);
  writeFileSync(join(root, 'db.log'), execution() + statements.join(''));
  // In blocks of 512 or 1024 bytes: what a file may hold at most.
  const full = run(
    'sh',
    ['-c', 'ulimit -f 300 && exec "$@"', 'sh', process.execPath, PROGRAM, 'ingest', 'db.log'],
    root,
  );
  assert.equal(full.status, 2);
  assert.match(
    full.stderr,
    /^querylens: .*; what was counted before is kept, and counting goes on from there when this is run again\n$/,
  );
  assert.equal((await kept(root)).shape, 1);
  const { status } = run(process.execPath, [PROGRAM, 'ingest', 'db.log'], root);
  assert.equal(status, 0);
  assert.deepEqual(await kept(root), { shape: 1, unmatched: 4000 });
});
