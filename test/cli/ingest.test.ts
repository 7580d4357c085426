import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { type Printed, runCli } from './runCli.ts';

const FIND = 'SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post"';
const FIRST = `${FIND} WHERE "public"."Post"."authorId" = $1 ORDER BY "public"."Post"."id" ASC LIMIT $2 OFFSET $3`;

/** One execution as PostgreSQL logs it: parsed, bound and executed. */
function execution(sql: string, second = 1, session = 7): string {
  const prefix = `2026-01-01 10:00:${String(second).padStart(2, '0')}.000 UTC [${session}] LOG:  duration:`;
  return ['parse', 'bind', 'execute'].map((step) => `${prefix} 0.5 ms  ${step} <unnamed>: ${sql}\n`).join('');
}

function ingest(root: string, ...args: readonly string[]): Promise<Printed> {
  return runCli(['ingest', ...args], root);
}

/** What a summary says of a level. */
function level(stdout: string, name: string): number {
  return Number(new RegExp(`^ {2}${name} +(\\d+)`, 'm').exec(stdout)?.[1]);
}

async function stored(root: string): Promise<readonly (readonly [string, string | null, number])[]> {
  const opened = openStore(await loadSqlite(), root);
  assert.ok(opened.kind === 'open');
  const tallies = opened.store.tallies().map(({ subject, count }) => [subject.match, subject.site, count] as const);
  opened.store.close();
  return tallies;
}

const project = (context: TestContext, files: Readonly<Record<string, string | Buffer>> = {}) =>
  projectFolder(context, { ...SMALL_PROJECT, ...files });

describe('ingest', () => {
  const log =
    execution(FIRST, 1) + execution(FIRST, 2) + execution('SELECT 1 FROM "Other"', 3) + execution('COMMIT', 4);

  test('counts the executions of a call and says how it knew', async (context) => {
    const root = project(context, { 'db.log': log });
    const { status, stdout, stderr } = await ingest(root, 'db.log');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^db\.log: read \(postgres\)\n3 executions counted/);
    assert.deepEqual(
      ['exact', 'shape', 'ambiguous', 'unmatched'].map((name) => level(stdout, name)),
      [0, 2, 0, 1],
    );
    const kept = (await stored(root)).map(([match, site, count]) => [match, site !== null, count]);
    assert.deepEqual(kept, [
      ['shape', true, 2],
      ['unmatched', false, 1],
    ]);
  });

  test('reads lines of the application by the patterns of the project', async (context) => {
    const patterns = ['^\\[db\\] (?<name>[\\w.]+) (?<s>[\\d.]+)s$'];
    const root = project(context, {
      'querylens.config.json': JSON.stringify({ logPatterns: patterns }),
      'app.log': 'listening on 3000\n[db] Post.findFirst 1.5s\n[db] Post.findFirst 0.5s\n',
    });
    const { stdout } = await ingest(root, 'app.log');
    assert.match(stdout, /^app\.log: read \(application\)\n2 executions/);
    assert.equal(level(stdout, 'model'), 2);
    writeFileSync(join(root, 'querylens.config.json'), '{ "logPatterns": ["(?<name>a{1,9999}) (?<ms>1)"] }');
    const { status, stderr } = await ingest(root, 'app.log');
    assert.deepEqual([status, /^querylens: "logPatterns" cannot be used: .*repeat/.test(stderr)], [2, true], stderr);
  });

  test('says what the probe could not deliver', async (context) => {
    const root = project(context, { 'probe.ndjson': '{"v":1,"lost":1700}\n{"v":1,"lost":34}\n' });
    const { stdout } = await ingest(root, 'probe.ndjson');
    assert.match(stdout, /^probe\.ndjson: .*\(probe\)$/m);
    assert.match(stdout, /^ {2}1,734 calls are missing: the probe could not deliver them$/m);
  });

  test('counts a log once, be it renamed, packed or given twice', async (context) => {
    const root = project(context, { 'a.log': log, 'b.log': log, 'c.log.gz': gzipSync(log) });
    const { stdout } = await ingest(root, 'a.log', 'b.log', 'c.log.gz');
    assert.match(stdout, /b\.log: nothing new/);
    assert.match(stdout, /c\.log\.gz: nothing new/);
    assert.match((await ingest(root, 'a.log')).stdout, /^0 executions/m);
    assert.match((await runCli(['ingest', '-'], root, { stdin: log })).stdout, /^-: nothing new/);
    assert.equal(
      (await stored(root)).reduce((sum, [, , count]) => sum + count, 0),
      3,
    );
  });

  test('counts only what is new in a log that grew', async (context) => {
    const root = project(context, { 'db.log': log });
    await ingest(root, 'db.log');
    appendFileSync(join(root, 'db.log'), execution(FIRST, 5));
    assert.equal(level((await ingest(root, 'db.log')).stdout, 'shape'), 1);
    assert.equal(
      (await stored(root)).reduce((sum, [, , count]) => sum + count, 0),
      4,
    );
  });

  test('takes folders and globs for the logs in them', async (context) => {
    const logs = { 'logs/b.log': execution(FIRST, 2), 'logs/a.log': execution(FIRST, 3), 'logs/notes.txt': 'hello\n' };
    const root = project(context, { ...logs, 'pg-1.log': execution(FIRST, 4), 'pg-2.log': execution(FIRST, 5) });
    const { status, stdout } = await ingest(root, 'logs', 'pg-*.log');
    assert.equal(status, 0);
    assert.deepEqual(stdout.match(/^\S+(?=: )/gm), [
      'logs/a.log',
      'logs/b.log',
      'logs/notes.txt',
      'pg-1.log',
      'pg-2.log',
    ]);
    assert.equal(level(stdout, 'shape'), 4);
  });

  test('tells programs how it goes, one event a line', async (context) => {
    const root = project(context, { 'db.log': log });
    const events = (stdout: string) =>
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    const { stdout } = await ingest(root, 'db.log', '--json');
    const [counted, summary] = events(stdout).filter(({ kind }) => kind !== 'progress');
    assert.deepEqual(counted, { kind: 'counted', executions: 3 });
    assert.deepEqual(
      [summary.kind, summary.executions, summary.matched.shape, summary.unreadable, summary.lost],
      ['summary', 3, 2, 0, 0],
    );
    const failed = await ingest(root, 'db.log', '--cwd', 'nowhere', '--json');
    assert.deepEqual(events(failed.stdout), [{ kind: 'failed', message: 'nowhere: there is no such file or folder' }]);
  });

  test('shows on a terminal how far it is, and how fast', async (context) => {
    const root = project(context, { 'db.log': execution(FIRST).repeat(5000) });
    const { stderr } = await runCli(['ingest', 'db.log'], root, { isTTY: true });
    assert.match(stderr, /querylens: db\.log: \d MB of \d MB, [\d,]+ lines a second/);
  });

  test('counts what the probe wrote on its line', async (context) => {
    const call = { v: 1, at: 1767261600000, ms: 2, file: 'src/titles.ts', line: 6, column: 35 };
    const line = `${JSON.stringify({ ...call, model: 'Post', operation: 'findFirst', request: 'r1' })}\n`;
    const root = project(context, { 'calls.ndjson': line + line });
    assert.equal(level((await ingest(root, 'calls.ndjson')).stdout, 'exact'), 2);
    assert.equal((await stored(root))[0]?.[0], 'exact');
  });

  test('goes on behind a log whose format is not known, and fails in the end', async (context) => {
    const root = project(context, { 'some.txt': 'hello\n', 'empty.log': '', 'db.log': log });
    const { status, stdout } = await ingest(root, 'some.txt', 'empty.log', 'db.log');
    assert.equal(status, 2);
    assert.match(
      stdout,
      /^some\.txt: its format is not known; name it with --format\nempty\.log: empty\ndb\.log: read/,
    );
    assert.equal(level(stdout, 'shape'), 2);
  });

  test('reads a log again that was read as what it is not', async (context) => {
    const root = project(context, { 'db.log': log });
    const wrong = await ingest(root, 'db.log', '--format', 'mysql-slow');
    assert.match(wrong.stdout, /^db\.log: no execution is in it \(mysql-slow\)\n0 executions/);
    assert.equal(level((await ingest(root, 'db.log')).stdout, 'shape'), 2);
  });

  test('lists on demand what no call is known to send', async (context) => {
    const root = project(context, { 'db.log': log });
    const { stdout } = await ingest(root, 'db.log', '--explain-unmatched');
    assert.match(stdout, /unmatched:\n {2}1 × select \? from "Other"\n$/);
    const again = await ingest(root, 'db.log', '--explain-unmatched');
    assert.match(again.stdout, /unmatched, of all that was counted before:\n {2}1 × select \? from "Other"\n$/);
  });

  test('finds the project from elsewhere', async (context) => {
    const root = project(context);
    const elsewhere = projectFolder(context, { 'db.log': log });
    assert.equal((await ingest(elsewhere, 'db.log', '--cwd', root)).status, 0);
    assert.ok(existsSync(join(root, '.querylens/evidence.db')));
    assert.ok(!existsSync(join(elsewhere, '.querylens')));
  });

  test('keeps its folder out of version control', async (context) => {
    const root = project(context, { 'db.log': log });
    await ingest(root, 'db.log');
    assert.equal(readFileSync(join(root, '.querylens/.gitignore'), 'utf8'), '*\n');
  });

  test('moves a damaged store aside, says so once and goes on', async (context) => {
    const root = project(context, { 'db.log': log });
    mkdirSync(join(root, '.querylens'));
    writeFileSync(join(root, '.querylens/evidence.db'), 'this was a store\n'.repeat(1000));
    const first = await ingest(root, 'db.log');
    assert.equal(first.status, 0);
    assert.match(
      first.stderr,
      /^querylens: the store of measurements was damaged; it is now .*evidence\.db\.damaged-[\w-]+, and a new one was begun\n$/,
    );
    assert.ok(readdirSync(join(root, '.querylens')).some((name) => name.startsWith('evidence.db.damaged-')));
    assert.equal((await ingest(root, 'db.log')).stderr, '');
  });
});

describe('calls of the same SQL', () => {
  const CODE = `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export const few = () => prisma.post.findMany({ orderBy: { id: 'asc' }, take: 5 });
export const many = () => prisma.post.findMany({ orderBy: { id: 'asc' }, take: 50 });
export const some = (take: number) => prisma.post.findMany({ orderBy: { id: 'asc' }, take });
`;
  const LIST = `${FIND} WHERE 1=1 ORDER BY "public"."Post"."id" ASC LIMIT $1 OFFSET $2`;
  const lines = (take: number, second: number, database = 'shop') =>
    `2026-01-01 10:00:0${second}.000 UTC [7] app@${database} LOG:  duration: 0.5 ms  execute <unnamed>: ${LIST}\n2026-01-01 10:00:0${second}.000 UTC [7] app@${database} DETAIL:  parameters: $1 = '${take}', $2 = '0'\n`;
  const CANARY = 987654;

  test('are told apart by the values the code puts in, and listed where they are not', async (context) => {
    const root = project(context, { 'src/lists.ts': CODE, 'db.log': lines(5, 1) + lines(7, 2) + lines(CANARY, 3) });
    const { stdout } = await ingest(root, 'db.log', '--explain-unmatched');
    assert.deepEqual([level(stdout, 'shape'), level(stdout, 'ambiguous')], [2, 1]);
    assert.match(
      stdout,
      /of several calls:\n {2}1 × select … from .*\n {4}may be of src\/lists\.ts:3, src\/lists\.ts:5\n$/,
    );
    const folder = join(root, '.querylens');
    for (const file of readdirSync(folder)) assert.ok(!readFileSync(join(folder, file)).includes(String(CANARY)), file);
    assert.doesNotMatch(stdout, new RegExp(String(CANARY)));
  });

  test('of two databases in one log are said to be so', async (context) => {
    const root = project(context, { 'src/lists.ts': CODE, 'db.log': lines(7, 1) + lines(7, 2, 'other') });
    assert.match(
      (await ingest(root, 'db.log')).stdout,
      /^ {2}known calls by database: other 1 of 1, shop 1 of 1; if one is not this project's, leave it out of the log$/m,
    );
  });
});

describe('what cannot be done is one line and exit code 2:', () => {
  const check = (name: string, args: readonly string[], expected: RegExp, prepare?: (root: string) => void): void => {
    test(name, async (context) => {
      const root = project(context, { 'db.log': execution(FIRST), logs: '' });
      prepare?.(root);
      const { status, stdout, stderr } = await ingest(root, ...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, expected);
    });
  };
  check('no such log', ['nowhere.log'], /^querylens: nowhere\.log: there is no such file\n$/);
  check('an empty folder', ['empty'], /^querylens: empty: there is no such log\n$/, (root) =>
    mkdirSync(join(root, 'empty')),
  );
  check('a glob nothing matches', ['logs-*.txt'], /^querylens: logs-\*\.txt: there is no such log\n$/);
  check(
    'no such format',
    ['db.log', '--format', 'oracle'],
    /there is no format oracle; these are known:\n(?:.*\n)*.* postgres /,
  );
  check('no such project', ['db.log', '--cwd', 'nowhere'], /nowhere: there is no such file or folder/);
  check('a store in a folder that cannot be written', ['db.log'], /evidence\.db cannot be opened: /, (root) =>
    writeFileSync(join(root, '.querylens'), 'a file\n'),
  );
  check('a project without a schema', ['db.log'], /schema/, (root) =>
    rmSync(join(root, 'prisma'), { recursive: true }),
  );
  test('a store of a newer Querylens', async (context) => {
    const root = project(context, { 'db.log': execution(FIRST) });
    await ingest(root, 'db.log');
    const opened = openStore(await loadSqlite(), root);
    assert.ok(opened.kind === 'open');
    opened.store.database.pragma('user_version = 99');
    opened.store.close();
    const { status, stderr } = await ingest(root, 'db.log');
    assert.equal(status, 2);
    assert.match(stderr, /evidence\.db was made by a newer Querylens: update this one, or move that file away/);
  });
});

describe('no value of the application is kept or shown, from', () => {
  const SECRET = 'canary7c1d';
  const SQL = `SELECT * FROM "Post" WHERE "title" = '${SECRET}' AND "x" = E'\\'${SECRET}' AND y = $$${SECRET}$$ /* ${SECRET} */ -- ${SECRET}`;
  const TAGGED = `${FIRST} /*user='${SECRET}',querylens='src%2Ftitles.ts%3A6%3A35',prismaQuery='Post.findFirst%3A${SECRET}'*/`;
  const LINES: Readonly<Record<string, string>> = {
    postgres: `${execution(SQL)}2026-01-01 10:00:01 UTC [7] DETAIL:  parameters: $1 = '${SECRET}'\n${execution(TAGGED, 2)}2026-01-01 10:00:01 UTC [7] ERROR:  bad ${SECRET}\n2026-01-01 10:00:01 UTC [7] STATEMENT:  SELECT '${SECRET}'\n${SECRET}\n`,
    'postgres-json': [SQL, TAGGED]
      .map(
        (sql) =>
          `${JSON.stringify({ timestamp: '2026-01-01 10:00:00.000 UTC', pid: 7, session_id: 'a.1', error_severity: 'LOG', message: `duration: 2.0 ms  statement: ${sql}`, detail: `parameters: $1 = '${SECRET}'` })}\n`,
      )
      .join(''),
    'postgres-csv': [SQL, TAGGED]
      .map(
        (sql) =>
          `2026-01-01 10:00:00.000 UTC,"u","${SECRET}",7,"h",a.1,1,"SELECT",2026-01-01 09:00:00 UTC,3/1,0,LOG,00000,"duration: 2.0 ms  statement: ${sql.replaceAll('"', '""')}","parameters: $1 = '${SECRET}'",,,,,,,,"${SECRET}","client backend",,0\n`,
      )
      .join(''),
    otlp: JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [SQL, TAGGED].map((sql, index) => ({
                traceId: '0'.repeat(32),
                spanId: `${index}`.repeat(16),
                name: 'prisma:client:db_query',
                startTimeUnixNano: '1767261600000000000',
                endTimeUnixNano: '1767261600002000000',
                attributes: [
                  { key: 'db.query.text', value: { stringValue: sql } },
                  { key: 'db.system.name', value: { stringValue: 'postgresql' } },
                  { key: 'note', value: { stringValue: SECRET } },
                ],
              })),
            },
          ],
        },
      ],
    }),
    'mysql-slow': `# Time: 2026-01-01T10:00:00.000000Z\n# User@Host: ${SECRET}[${SECRET}] @ localhost []  Id: 3\n# Query_time: 0.002000  Lock_time: 0.000000 Rows_sent: 1  Rows_examined: 1\nSET timestamp=1767261600;\nSELECT * FROM Post WHERE title = "${SECRET}" AND x = '${SECRET}' # ${SECRET}\n;\n`,
    'prisma-events': `${JSON.stringify({ timestamp: '2026-01-01T10:00:00.000Z', query: TAGGED, params: `["${SECRET}"]`, duration: 3, target: 'quaint::connector::metrics' })}\n${JSON.stringify({ timestamp: '2026-01-01T10:00:00.000Z', query: SQL, params: `["${SECRET}"]`, duration: 3, target: 'ClientEngine' })}\n`,
    'pg-stat-statements': JSON.stringify([
      { query: SQL, calls: 4, total_exec_time: 8, min_exec_time: 1, max_exec_time: 3, mean_exec_time: 2 },
    ]),
    probe: `${JSON.stringify({ v: 1, at: 1767261600000, ms: 2, file: `src/${SECRET}.ts`, line: 6, column: 35, model: 'Post', operation: 'findFirst', request: SECRET, route: `GET /${SECRET}` })}\n${JSON.stringify({ v: 1, at: 1767261600000, ms: 2, file: null, line: 1, column: 1, model: `x ${SECRET}`, operation: 'findMany' })}\n`,
    application: `2026-01-01T10:00:00Z WARN Slow query detected: /users/${SECRET}@example.org took 812 ms\n2026-01-01T10:00:00Z WARN Slow query: Post.findFirst took 812 ms ${SECRET}\n`,
  };
  for (const [format, text] of Object.entries(LINES)) {
    test(format, async (context) => {
      const root = project(context, { 'some.log': text });
      const { status, stdout, stderr } = await ingest(root, 'some.log', '--format', format, '--explain-unmatched');
      assert.equal(status, 0, stderr);
      assert.doesNotMatch(stdout, /^0 executions/m);
      const folder = join(root, '.querylens');
      const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
      for (const each of [stdout, stderr, ...written])
        assert.ok(!each.toLowerCase().includes(SECRET), each.slice(0, 500));
    });
  }
});
