import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timeWithoutYear } from '#bridge/sources/postgresPrefix.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { check, read } from './support/read.ts';

const TIMED = '2026-11-21 00:25:04 UTC [7] LOG:  duration: 2.000 ms  statement: ';

describe('the text log of PostgreSQL', () => {
  test('counts parse, bind and execute as one execution', () =>
    check(
      postgresText,
      `2026-11-21 00:25:04.779 UTC [1252] app@shop LOG:  duration: 0.600 ms  parse <unnamed>: SELECT 1
2026-11-21 00:25:04.779 UTC [1252] app@shop LOG:  duration: 0.100 ms  bind <unnamed>: SELECT 1
2026-11-21 00:25:04.780 UTC [1252] app@shop LOG:  duration: 0.800 ms  execute <unnamed>: SELECT 1`,
      [{ sql: 'SELECT 1', ms: 1.5, database: 'shop', at: Date.UTC(2026, 10, 21, 0, 25, 4, 780) }],
    ));

  test('tells sessions apart that run at once', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 5.000 ms  parse <unnamed>: SELECT a
[8] LOG:  duration: 1.000 ms  parse <unnamed>: SELECT b
[8] LOG:  duration: 1.000 ms  execute <unnamed>: SELECT b
[7] LOG:  duration: 5.000 ms  execute <unnamed>: SELECT a`,
      [
        { sql: 'SELECT b', ms: 2 },
        { sql: 'SELECT a', ms: 10 },
      ],
    ));

  test('counts a prepared statement each time it is executed, and its parsing once', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 5.000 ms  parse s1: SELECT a
[7] LOG:  duration: 1.000 ms  bind s1: SELECT a
[7] LOG:  duration: 1.000 ms  execute s1: SELECT a
[7] LOG:  duration: 1.000 ms  bind s1: SELECT a
[7] LOG:  duration: 1.000 ms  execute s1: SELECT a`,
      [
        { sql: 'SELECT a', ms: 7 },
        { sql: 'SELECT a', ms: 2 },
      ],
    ));

  test('keeps statements of several lines together, and parameters out', () =>
    check(
      postgresText,
      `< 2026-11-21 00:25:04 CET > LOG:  duration: 2.000 ms  statement: SELECT *
\tFROM "User"
\tWHERE email = 'a'
< 2026-11-21 00:25:04 CET > DETAIL:  parameters: $1 = 'secret'
< 2026-11-21 00:25:05 CET > LOG:  checkpoint starting: time`,
      [{ sql: `SELECT *\nFROM "User"\nWHERE email = 'a'`, ms: 2 }],
    ));

  test('leaves errors alone', () =>
    check(
      postgresText,
      `ERROR:  duplicate key value violates unique constraint "User_email_key"
DETAIL:  Key (email)=(a@example.org) already exists.
STATEMENT:  INSERT INTO "User" VALUES ($1)`,
      [],
    ));

  test('keeps the plan that auto_explain wrote', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 3.000 ms  plan:
\tQuery Text: SELECT id FROM "User"
\tQuery Parameters: $1 = 'secret'
\tSeq Scan on "User"  (cost=0.00..1.10 rows=10 width=4)`,
      [{ sql: 'SELECT id FROM "User"', ms: 3, plan: 'Seq Scan on "User"  (cost=0.00..1.10 rows=10 width=4)' }],
    ));

  test('keeps a plan in JSON', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 3.000 ms  plan:
\t{
\t  "Query Text": "SELECT id FROM \\"User\\"",
\t  "Plan": { "Node Type": "Seq Scan" }
\t}`,
      [{ sql: 'SELECT id FROM "User"', ms: 3, plan: '{"Node Type":"Seq Scan"}' }],
    ));

  test('keeps values of several lines out of the plan', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 3.000 ms  plan:
\tQuery Text: SELECT id FROM "User"
\tQuery Parameters: $1 = 'secret
\tsecret'
\tSeq Scan on "User"  (cost=0.00..1.10 rows=10 width=4)`,
      [{ sql: 'SELECT id FROM "User"', plan: 'Seq Scan on "User"  (cost=0.00..1.10 rows=10 width=4)' }],
    ));

  test('keeps a plan in YAML, and one that was cut off not', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 3.000 ms  plan:
\tQuery Text: "SELECT id FROM \\"User\\""
\tPlan:
\t  Node Type: "Seq Scan"
[7] LOG:  duration: 4.000 ms  plan:
\tQuery Text: SELECT id FROM "Order"`,
      [
        { sql: 'SELECT id FROM "User"', plan: 'Plan:\n  Node Type: "Seq Scan"' },
        { sql: 'SELECT id FROM "Order"', plan: null },
      ],
    ));

  test('counts an execution once that is logged with its plan and by itself', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 3.000 ms  plan:
\tQuery Text: SELECT a
\tSeq Scan on a  (cost=0.00..1.10 rows=10 width=4)
[8] LOG:  duration: 1.000 ms  execute <unnamed>: SELECT b
[7] LOG:  duration: 3.500 ms  execute <unnamed>: SELECT a
[7] LOG:  duration: 9.000 ms  execute <unnamed>: SELECT a`,
      [
        { sql: 'SELECT b', ms: 1, plan: null },
        { sql: 'SELECT a', ms: 3.5, plan: 'Seq Scan on a  (cost=0.00..1.10 rows=10 width=4)' },
        { sql: 'SELECT a', ms: 9, plan: null },
      ],
    ));

  test('puts a statement and a time together that were logged one after the other', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 0.300 ms
[7] LOG:  execute <unnamed>: SELECT a
[8] LOG:  statement: SELECT b
[7] DETAIL:  parameters: $1 = 'secret'
[7] LOG:  duration: 1.000 ms
[8] ERROR:  relation "b" does not exist
[8] LOG:  duration: 2.000 ms`,
      [{ sql: 'SELECT a', ms: 1 }],
    ));

  test('does not take the steps of a statement that failed for those of the next', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 50.000 ms  parse <unnamed>: SELECT a
[7] ERROR:  value out of range
[7] LOG:  duration: 1.000 ms  parse <unnamed>: SELECT b
[7] LOG:  duration: 1.000 ms  execute <unnamed>: SELECT b`,
      [{ sql: 'SELECT b', ms: 2 }],
    ));

  test('knows a statement by its name, whatever portal it runs in, and counts a cursor once', () =>
    check(
      postgresText,
      `[7] LOG:  duration: 1.000 ms  parse s1: SELECT a
[7] LOG:  duration: 1.000 ms  bind s1/c1: SELECT a
[7] LOG:  duration: 1.000 ms  execute s1/c1: SELECT a
[7] LOG:  duration: 7.000 ms  execute fetch from s1/c1: SELECT a`,
      [{ sql: 'SELECT a', ms: 3 }],
    ));

  test('reads messages with their codes (log_error_verbosity = verbose)', () =>
    check(
      postgresText,
      `[7] LOG:  00000: duration: 1.000 ms  statement: SELECT a
[7] LOCATION:  exec_simple_query, postgres.c:1331`,
      [{ sql: 'SELECT a', ms: 1 }],
    ));

  const at = Date.UTC(2026, 10, 21, 0, 25, 4);
  const prefixes: readonly (readonly [prefix: string, database: string | null, at: number | null])[] = [
    ['2026-11-21 00:25:04 UTC:10.0.0.1(5432):app@shop:[1252]:', 'shop', at],
    ['2026-11-21 00:25:04.000 UTC [1252]: user=app,db=shop,app=web,client=[local] ', 'shop', at],
    ['2026-11-21 01:25:04.000 +01 1252 ', null, at],
    ['2026-11-21 00:25:04 GMT pid=1252 app@shop-eu ', 'shop-eu', at],
    ['1795220704.000 6b00e4e7.653 ', null, at],
    ['db-1  | 2026-11-21 00:25:04.000 UTC [1252] ', null, at],
    ['2026-11-21T00:25:04+00:00 app[postgres.1252]: [RED] [15-1]  sql_error_code = 00000 ', null, at],
    ['', null, null],
  ];
  for (const [prefix, database, time] of prefixes)
    test(`reads the prefix '${prefix}'`, () =>
      check(
        postgresText,
        ['parse', 'execute'].map((step) => `${prefix}LOG:  duration: 1.000 ms  ${step} <unnamed>: SELECT 1`).join('\n'),
        [{ sql: 'SELECT 1', ms: 2, database, at: time }],
      ));

  test('counts no execution of nothing', () => check(postgresText, '[7] LOG:  duration: 1.000 ms  statement:', []));

  test("reads syslog's times, which have no year", () => {
    const now = Date.UTC(2026, 10, 21, 12);
    assert.equal(timeWithoutYear('Nov 21 00:25:04 host postgres[7]: [3-1] ', now), Date.UTC(2026, 10, 21, 0, 25, 4));
    assert.equal(timeWithoutYear('Dec  1 00:25:04 host postgres[7]: [3-1] ', now), Date.UTC(2025, 11, 1, 0, 25, 4));
    assert.equal(timeWithoutYear('Jan  1 00:25:04 host ', Date.UTC(2026, 11, 31, 23)), Date.UTC(2027, 0, 1, 0, 25, 4));
    assert.equal(timeWithoutYear('app 12 00:25:04', now), null);
  });

  for (const [around, first, further] of [
    ['a container', 'db-1  | [7] ', 'db-1  | \t'],
    ['syslog', 'Nov 21 00:25:04 host postgres[7]: [3-1] ', 'Nov 21 00:25:04 host postgres[7]: [3-2] #011'],
    [
      'syslog without escapes',
      'Nov 21 00:25:04 host postgres[7]: [3-1] ',
      'Nov 21 00:25:04 host postgres[7]: [3-2] \t',
    ],
    [
      'a platform',
      '2026-11-21T00:25:04+00:00 app[postgres.7]: [RED] [3-1]  ',
      '2026-11-21T00:25:04+00:00 app[postgres.7]: [RED] [3-2] ',
    ],
    ['what lost its tabs', '[7] ', ''],
    ['what has blanks for tabs', '[7] ', '  '],
  ] as const)
    test(`reads further lines of ${around}`, () =>
      check(postgresText, `${first}LOG:  duration: 2.000 ms  statement: SELECT *\n${further}FROM "User"`, [
        { sql: 'SELECT *\nFROM "User"', ms: 2 },
      ]));

  for (const [carrier, first] of [
    ['a container', { log: `${TIMED}SELECT 1,\n`, stream: 'stderr', time: '2026-11-21T00:25:05Z' }],
    [
      'a cloud',
      {
        textPayload: '[7]: [2-1] db=shop LOG:  duration: 2.000 ms  statement: SELECT 1,',
        timestamp: '2026-11-21T00:25:04Z',
      },
    ],
  ] as const)
    test(`reads what ${carrier} keeps in JSON`, () =>
      check(postgresText, [first, { log: '\t2\n' }].map((one) => JSON.stringify(one)).join('\n'), [
        { sql: 'SELECT 1,\n2', ms: 2, at },
      ]));

  test('reads statements of several lines that a cloud keeps in one', () => {
    const textPayload = '[7]: db=shop LOG:  duration: 2.000 ms  statement: SELECT 1,\n2\n\t, 3';
    check(postgresText, JSON.stringify({ textPayload, timestamp: '2026-11-21T00:25:04Z' }), [
      { sql: 'SELECT 1,\n2\n, 3', database: 'shop', at },
    ]);
  });

  test('reads lines of which blanks were put together', () =>
    check(postgresText, '[7] LOG: duration: 1.000 ms statement: SELECT 1', [{ sql: 'SELECT 1', ms: 1 }]));

  test('keeps the lines of other programs out of a statement', () => {
    const { samples, unreadable } = read(
      postgresText,
      `[7] LOG:  duration: 2.000 ms  statement: SELECT *
\tFROM "User"
sh: locale: command not found
[7] LOG:  duration: 1.000 ms  statement: SELECT 1`,
    );
    assert.deepEqual(
      samples.map((sample) => Reflect.get(sample, 'sql')),
      ['SELECT *\nFROM "User"', 'SELECT 1'],
    );
    assert.deepEqual(unreadable, ['sh: locale: command not found']);
  });

  test('says what it cannot read of durations: cut off, in another form', () => {
    const { samples, unreadable } = read(
      postgresText,
      `[7] LOG:  duration: 12.0
[7] LOG:  duration: 1.000 ms and more
[7] LOG:  duration: 1.000 ms  plan:
\t<explain xmlns="http://www.postgresql.org/2009/explain">`,
    );
    assert.deepEqual(samples, []);
    assert.equal(unreadable.length, 3);
  });

  test('says what it cannot read, and goes on', () => {
    const { samples, unreadable } = read(
      postgresText,
      `half of a line that was rotated away
[7] LOG:  duration: 1.000 ms  statement: SELECT 1`,
    );
    assert.deepEqual(unreadable, ['half of a line that was rotated away']);
    assert.equal(samples.length, 1);
  });

  test('is told from other logs by its head', () => {
    assert.equal(postgresText.matches('2026-11-21 00:25:04 UTC [1] LOG:  database system is ready'), true);
    assert.equal(postgresText.matches('2026-11-21 00:25:04 UTC:10.0.0.1(5432):app@shop:[1]:LOG:  ready'), true);
    assert.equal(postgresText.matches('{"level":"info","message":"LOG"}'), false);
    assert.equal(postgresText.matches('# Time: 2026-11-21T00:25:04'), false);
  });
});
