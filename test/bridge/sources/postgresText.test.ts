import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { check, read } from './support/read.ts';

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
    assert.equal(postgresText.matches('{"level":"info","message":"LOG"}'), false);
    assert.equal(postgresText.matches('# Time: 2026-11-21T00:25:04'), false);
  });
});
