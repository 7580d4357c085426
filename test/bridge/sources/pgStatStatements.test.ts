import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Sample } from '#bridge/sample.ts';
import { pgStatStatements } from '#bridge/sources/pgStatStatements.ts';
import { fixture } from './support/fixture.ts';
import { read } from './support/read.ts';

const totals = (sql: string, calls: number, totalMs: number, rest: object = {}): Sample => ({
  ...{ kind: 'totals', at: null, sql, calls, totalMs, minMs: null, maxMs: null, database: null },
  ...rest,
});

function check(text: string, expected: readonly Sample[]): void {
  assert.equal(pgStatStatements.matches(text), true);
  assert.deepEqual(read(pgStatStatements, text), { samples: expected, unreadable: [] });
}

describe('an export of pg_stat_statements', () => {
  test('gives totals, with numbers that are texts', () => {
    const { samples, unreadable } = read(pgStatStatements, fixture('pgStatStatements.json'));
    assert.deepEqual(unreadable, []);
    assert.deepEqual(
      samples.map((sample) => Reflect.get(sample, 'calls')),
      [3, 3, 3, 3],
    );
    assert.deepEqual(samples[0], {
      ...totals("SELECT $2 AS x FROM pg_sleep($1::double precision) /*site='t10-pglog.cjs%3A20%3A22'*/", 3, 120.783),
      minMs: 20.252,
      maxMs: 60.217,
    });
  });

  test('may have the columns of PostgreSQL 13 and later', () =>
    check(
      '[{"datname":"shop","query":"SELECT 1","calls":2,"total_exec_time":3,"min_exec_time":1,"max_exec_time":2,"total_plan_time":9}]',
      [totals('SELECT 1', 2, 3, { minMs: 1, maxMs: 2, database: 'shop' })],
    ));

  test('may have the columns of PostgreSQL 12', () =>
    check('{"query":"SELECT 1","calls":2,"total_time":3,"min_time":1,"max_time":2}', [
      totals('SELECT 1', 2, 3, { minMs: 1, maxMs: 2 }),
    ]));

  test('may be rows by line, or what a driver answered', () => {
    check('{"query":"a","calls":1,"total_time":3}\n{"query":"b","calls":2,"total_time":4}\n', [
      totals('a', 1, 3),
      totals('b', 2, 4),
    ]);
    check('{"rowCount":1,"rows":[{"query":"a","calls":1,"total_time":3}]}', [totals('a', 1, 3)]);
    check('[{"query":"a","calls":1,"total_time":3}, \n {"query":"b","calls":2,"total_time":4}]', [
      totals('a', 1, 3),
      totals('b', 2, 4),
    ]);
  });

  test('may be CSV with a head, with commas or semicolons, statements over several lines', () => {
    check('query,calls,total_exec_time\n"SELECT ""a"",\n b",2,3.5\n', [totals('SELECT "a",\n b', 2, 3.5)]);
    check('\uFEFFcalls;query;total_exec_time\n2;SELECT 1;3.5\n', [totals('SELECT 1', 2, 3.5)]);
  });

  test('may be what COPY writes', () =>
    check('query\tcalls\ttotal_exec_time\nSELECT a\\n  FROM "b"\t2\t3.5\n', [totals('SELECT a\n  FROM "b"', 2, 3.5)]));

  test('says which rows are nothing, and goes on', () => {
    const { samples, unreadable } = read(
      pgStatStatements,
      'query,calls,total_exec_time\n<insufficient privilege>,2,3\nSELECT 1,many,3\nSELECT 2,0,0\nSELECT 3,1\nSELECT 4,1,2\n"SELECT 5',
    );
    assert.deepEqual(samples, [totals('SELECT 4', 1, 2)]);
    assert.equal(unreadable.length, 4);
  });

  test('that is cut off says so once', () => {
    for (const text of ['[{"query":"a","calls":1,"total_time":3},\n{"query', '[\n {\n  "query": "a",\n  "calls'])
      assert.notEqual(read(pgStatStatements, text).unreadable.length, 0);
    assert.deepEqual(read(pgStatStatements, ''), { samples: [], unreadable: [] });
  });
});
