import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { Sample } from '#bridge/sample.ts';
import { applicationLines, applicationLog } from '#bridge/sources/applicationLines.ts';
import { ownPatterns } from '#bridge/sources/ownPatterns.ts';
import { read } from './support/read.ts';

const AT = Date.UTC(2026, 10, 21, 0, 25, 4, 779);
const ISO = '2026-11-21T00:25:04.779Z';
const SQL = 'SELECT "public"."Order"."id" FROM "public"."Order" WHERE "public"."Order"."status" = $1';

const named = (name: string, ms: number, at: number | null = null): Sample => ({ kind: 'named', at, name, ms });
const statement = (sql: string, ms: number, at: number | null = null): Sample => ({
  ...{ kind: 'statement', at, sql, ms, rows: null, rowsExamined: null, plan: null, database: null },
});

function check(text: string, expected: readonly Sample[], source = applicationLog): void {
  assert.equal(source.matches(text), true);
  assert.deepEqual(read(source, text), { samples: expected, unreadable: [] });
}

describe('lines of an application', () => {
  const words: readonly (readonly [line: string, expected: Sample])[] = [
    ['Slow query: Moment.findMany took 1234ms', named('Moment.findMany', 1234)],
    ['🐌 Slow query detected: findUserByIdOrEmail took 1234.56ms', named('findUserByIdOrEmail', 1234.56)],
    [`${ISO} [warn]: Slow operation: warm the feed took 1234 ms`, named('warm the feed', 1234, AT)],
    ['\x1b[33mwarn\x1b[39m: Slow query: "Moment.findMany" took 1.5s', named('Moment.findMany', 1500)],
    ['[perf] Order.findMany took 12 ms', named('Order.findMany', 12)],
    ['long-running query - user.count (612 ms)', named('user.count', 612)],
    [`Slow query (612ms): ${SQL}`, statement(SQL, 612)],
    [`Slow query detected [612.5ms] ${SQL}`, statement(SQL, 612.5)],
    [`2026-11-21 00:25:04,779 prisma ${SQL} - 612ms`, statement(SQL, 612, AT)],
    [`${SQL} took 1.5 s`, statement(SQL, 1500)],
    [
      `${ISO} warn: Slow query detected {"query":${JSON.stringify(SQL)},"duration":612,"params":"[1]"}`,
      statement(SQL, 612, AT),
    ],
    [
      `Slow query detected ${inspect({ query: 'mediaSearch', duration: 612, threshold: 500 })}`,
      named('mediaSearch', 612),
    ],
  ];
  for (const [line, expected] of words) test(`says: ${line.slice(0, 60)}`, () => check(line, [expected]));

  const entries: readonly (readonly [what: string, entry: object, expected: Sample])[] = [
    [
      'Winston',
      {
        level: 'warn',
        message: 'Slow query detected',
        query: SQL,
        duration: 612,
        params: '["secret"]',
        timestamp: ISO,
      },
      statement(SQL, 612, AT),
    ],
    [
      'Pino',
      { level: 40, time: AT, pid: 1, msg: 'Slow query detected', query: 'mediaSearch', duration: 612, threshold: 500 },
      named('mediaSearch', 612, AT),
    ],
    [
      'fields one level deeper',
      { level: 'warn', msg: 'slow query', data: { sql: SQL, durationMs: '612' } },
      statement(SQL, 612),
    ],
    [
      'a time with its unit',
      { level: 'warn', msg: 'Slow query', operation: 'feed', duration: '1.5s', time: AT / 1000 },
      named('feed', 1500, AT),
    ],
    [
      'words alone',
      { level: 'warn', message: 'Slow query: Moment.findMany took 1234ms', timestamp: ISO },
      named('Moment.findMany', 1234, AT),
    ],
    [
      'SQL and a time without such words',
      { level: 'debug', msg: 'prisma', query: SQL, params: '[]', duration: 3 },
      statement(SQL, 3),
    ],
  ];
  for (const [what, entry, expected] of entries)
    test(`are JSON: ${what}`, () => check(JSON.stringify(entry), [expected]));

  test('are the lines that people print in an event of Prisma', () => {
    const event = {
      timestamp: new Date(AT),
      query: SQL,
      params: '["secret"]',
      duration: 3,
      target: 'quaint::connector',
    };
    check(inspect(event, { breakLength: 60 }), [statement(SQL, 3, AT)]);
    check(`query ${inspect(event, { breakLength: 60 })}`, [statement(SQL, 3, AT)]);
    check(`Prisma query ${inspect(event, { breakLength: Number.POSITIVE_INFINITY })}`, [statement(SQL, 3, AT)]);
    check(JSON.stringify({ level: 'debug', message: 'query', ...event }, null, 2), [statement(SQL, 3, AT)]);
    check(`prisma:query ${SQL}, 3ms`, [statement(SQL, 3)]);
    check(`prisma:query - \x1b[32m3ms\x1b[39m - ${SQL}`, [statement(SQL, 3)]);
    check(`silly: Query: ${SQL}, Params: ["secret", 5], Duration: 3`, [statement(SQL, 3)]);
    check(`Query: ${SQL} Params: ["secret"]\n\x1b[31m Duration: 3ms \x1b[0m`, [statement(SQL, 3)]);
    check('[SLOW_QUERY] User.findMany took 1234ms', [named('User.findMany', 1234)]);
    check('Postgres slow query: User.findMany took 1234ms (budget 500ms)', [named('User.findMany', 1234)]);
    check('silly: UPDATE "User" SET "name" = $1 took 3ms', [statement('UPDATE "User" SET "name" = $1', 3)]);
  });

  test('may be carried in JSON by a container or a cloud', () => {
    const told = 'Slow query: Moment.findMany took 1234ms';
    const expected = [named('Moment.findMany', 1234, AT)];
    check(JSON.stringify({ log: `${told}\n`, stream: 'stderr', time: ISO }), expected);
    check(
      JSON.stringify({ log: `${JSON.stringify({ level: 40, msg: told })}\n`, stream: 'stderr', time: ISO }),
      expected,
    );
    check(JSON.stringify({ textPayload: told, timestamp: ISO }), expected);
    check(JSON.stringify({ jsonPayload: { level: 'warn', message: told }, timestamp: ISO }), expected);
    check(`api-1  | ${JSON.stringify({ level: 40, time: AT, msg: 'slow query', query: SQL, duration: 5 })}`, [
      statement(SQL, 5, AT),
    ]);
  });

  test('that are sentences are no statements', () =>
    check('Update of the index with new rows took 12ms', [named('rows', 12)]));

  test('may print an object over several lines', () => {
    const object = inspect(
      { query: `SELECT 'a'\nFROM b -- ${'long '.repeat(30)}`, duration: 612, params: '["x"]' },
      { breakLength: 40 },
    );
    assert.ok(object.includes('\n'));
    check(`Slow query detected ${object}\nSlow query: a.b took 5ms`, [
      statement(`SELECT 'a'\nFROM b -- ${'long '.repeat(30)}`, 612),
      named('a.b', 5),
    ]);
  });

  test('may tell a statement and its time one after the other', () =>
    check(`Query: ${SQL}\nParams: ["secret"]\nDuration: 3ms\nDuration: 9ms\nQuery: SELECT 1\nDuration: 4ms`, [
      statement(SQL, 3),
      statement('SELECT 1', 4),
    ]));

  test('about other things are passed over', () => {
    const { samples, unreadable } = read(
      applicationLog,
      `listening on 3000
{
  port: 3000
}
compiled query {
  text: 'x'
}
GET /api/orders 200 12 ms
{"level":"info","message":"started","duration":12}
{"level":"error","reqId":"1","route":"/api","error":"boom","timestamp":"${ISO}"}
{ not json`,
    );
    assert.deepEqual([samples, unreadable], [[], []]);
  });

  test('that speak of a slow query and do not say how slow are said', () => {
    const lines = [
      'Slow query detected',
      '{"level":"warn","message":"Slow query detected"}',
      '{"level":"warn","message":"Slow query dete',
    ];
    const { samples, unreadable } = read(applicationLog, lines.join('\n'));
    assert.deepEqual([samples, unreadable], [[], lines]);
  });

  test('are read by patterns of the project too', () => {
    const own = applicationLines(
      ownPatterns(['^db\\.(?<name>\\w+): (?<ms>\\d+)$', '"op":"(?<name>[^"]+)".*"secs":(?<s>[\\d.]+)']),
    );
    check('DB.orders: 12', [named('orders', 12)], own);
    check(`listening\n${ISO} db.orders took 5ms\ndb.orders: 12`, [named('db.orders', 5, AT), named('orders', 12)], own);
    check(JSON.stringify({ level: 'info', msg: 'db.orders: 12', timestamp: ISO }), [named('orders', 12, AT)], own);
    check(JSON.stringify({ op: 'feed', secs: 1.5, time: AT }), [named('feed', 1500, AT)], own);
    check(JSON.stringify({ log: 'db.orders: 12\n', time: ISO }), [named('orders', 12, AT)], own);
  });

  test('are searched in time whatever their patterns are', () => {
    const own = applicationLines(ownPatterns(['^(?<name>(\\w+\\s?)*)* took (?<ms>\\d+)$']));
    assert.deepEqual(read(own, `${'a'.repeat(100_000)}!`), { samples: [], unreadable: [] });
  });

  test('are searched in time however long they are', () => {
    const { samples } = read(applicationLog, `Slow query: ${'SELECT took 1 '.repeat(100_000)}`);
    assert.ok(samples.length <= 1);
  });

  test('are told from other files by their head', () => {
    assert.equal(applicationLog.matches(`{"level":"info","message":"started","timestamp":"${ISO}"}`), true);
    assert.equal(applicationLog.matches('key: value\nother: 12'), false);
  });
});
