import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rowsText } from '#render/rowsText.ts';
import { sqlHover } from '#render/sqlHover.ts';
import type { RowsRead, SentSql, SqlVariantView, SqlView, StatementView } from '#shared/sqlView.ts';

function statement(sql: string, parts: Partial<StatementView> = {}): StatementView {
  return { kind: 'query', sql, child: false, conditional: false, transaction: false, ...parts };
}

function sent(
  statements: readonly StatementView[],
  parts: Partial<SentSql> = {},
  usual: Partial<SqlVariantView> = {},
): SentSql {
  return {
    ...{ kind: 'compiled', dialect: 'postgresql', variants: [{ differs: [], statements, rows: [], ...usual }] },
    ...{ furtherWays: 0, notFollowed: [], assumed: [], batched: null, notes: [], ...parts },
  };
}

const ORDERS = statement('SELECT "public"."Order"."id" FROM "public"."Order" WHERE 1=1 OFFSET $1');
const USERS = statement('SELECT "public"."User"."id" FROM "public"."User" WHERE "public"."User"."id" IN ($1)', {
  child: true,
});
const way = (differs: string, statements = [ORDERS], rows: readonly RowsRead[] = []): SqlVariantView => ({
  differs: [differs],
  statements,
  rows,
});

describe('the SQL in a hover', () => {
  const check = async (sql: SqlView, expected: readonly string[], links?: readonly string[]): Promise<void> =>
    assert.deepEqual((await sqlHover(sql, links)).split('\n'), expected);

  test('one statement, laid out', () =>
    check(sent([ORDERS]), [
      'Sends **1 SQL statement**.',
      '',
      '```sql',
      'SELECT "id"',
      'FROM "Order"',
      'WHERE 1 = 1',
      'OFFSET $1',
      '```',
    ]));
  test('a relation beneath, and what can be done with it', () =>
    check(
      sent([ORDERS, USERS]),
      [
        'Sends **2 SQL statements**. [Copy](command:copy)',
        '',
        '```sql',
        'SELECT "id"',
        'FROM "Order"',
        'WHERE 1 = 1',
        'OFFSET $1',
        '',
        '-- for the rows above',
        'SELECT "id"',
        'FROM "User"',
        'WHERE "id" IN ($1)',
        '```',
      ],
      ['[Copy](command:copy)'],
    ));
  test('a loop asks for several at once', () =>
    check(sent([ORDERS], { batched: [statement('SELECT "id" FROM "User" WHERE "id" IN ($1)')] }), [
      'Sends **1 SQL statement**.',
      '',
      ...['```sql', 'SELECT "id"', 'FROM "Order"', 'WHERE 1 = 1', 'OFFSET $1', '```', ''],
      'Asked for several times in one tick, as happens here, it is sent once for all:',
      '',
      ...['```sql', 'SELECT "id"', 'FROM "User"', 'WHERE "id" IN ($1)', '```'],
    ]));
  test('nothing is sent', () => check(sent([]), ['Sends nothing: the client answers by itself.']));
  test('it cannot be told', () =>
    check({ kind: 'not-compiled', reason: 'Prisma refuses it', keys: [] }, [
      'The SQL cannot be told: Prisma refuses it.',
    ]));
  test('only keys are known', () =>
    check({ kind: 'outline', reason: 'it is made elsewhere', keys: ['where.id', 'take'] }, [
      'The SQL cannot be told: it is made elsewhere. Known of its arguments: `where.id` and `take`.',
    ]));
});

describe('beside the SQL', () => {
  const check = async (sql: SqlView, expected: string): Promise<void> =>
    assert.equal((await sqlHover(sql)).split('\n').at(-1), expected);
  const withWays = (ways: readonly SqlVariantView[], furtherWays = 0): SentSql => {
    const [usual] = sent([ORDERS]).variants;
    return sent([], { variants: [usual, ...ways], furtherWays });
  };

  test('rows', async () => {
    const rows: readonly RowsRead[] = [{ kind: 'every-row', model: 'Order', access: 'read' }];
    const [head] = (await sqlHover(sent([ORDERS], {}, { rows }))).split('\n');
    assert.equal(head, 'Sends **1 SQL statement**. Reads every row of `Order`: no WHERE and no LIMIT.');
  });
  test('other ways, with what they cost more', () =>
    check(
      withWays([
        way('without where.status', [ORDERS], [{ kind: 'every-row', model: 'Order', access: 'read' }]),
        way('where.userId null'),
        way('with include.user', [ORDERS, USERS]),
      ]),
      'Also sent without `where.status` (reads every row); `where.userId` null; with `include.user` (2 statements).',
    ));
  test('ways that differ by what was written, by who calls, by SQL', () =>
    check(
      withWays([way('where as on line 8'), way('as called in src/api/orders.ts:12'), way('without AND "a"."b" = ?')]),
      'Also sent `where` as on line 8; as called in `orders.ts:12`; without `AND "a"."b" = ?`.',
    ));
  test('ways without several parts', () =>
    check(withWays([way('without where.a, where.OR[1].b')]), 'Also sent without `where.a`, `where.OR[1].b`.'));
  test('many ways are counted', () =>
    check(
      withWays(
        ['a', 'b', 'c', 'd', 'e'].map((key) => way(`without where.${key}`)),
        4,
      ),
      'Also sent without `where.a`; without `where.b`; without `where.c`; and in 6 other ways.',
    ));
  test('what was not followed', () =>
    check(sent([ORDERS], { kind: 'partial', notFollowed: ['where'] }), 'Not followed, may add to it: `where`.'));
  test('what was assumed', () =>
    check(
      sent([ORDERS], { kind: 'partial', assumed: ['where by id', 'data.type[0], data.page'] }),
      'Assumed: `where` by id, `data.type[0]`, `data.page`.',
    ));
  test('notes, as short as they can be', () =>
    check(sent([ORDERS], { notes: ['older versions differ: in this and that'] }), 'Older versions differ.'));
});

describe('long SQL', () => {
  const columns = (count: number) =>
    Array.from({ length: count }, (_, at) => `"public"."Order"."column${at}"`).join(', ');

  const check = async (sql: string, expected: readonly string[]): Promise<void> => {
    const lines = (await sqlHover(sent([statement(sql)]))).split('\n');
    assert.deepEqual(lines.slice(3, -1), expected);
  };

  test('columns that say little are counted', () =>
    check(`SELECT ${columns(9)} FROM "public"."Order"`, [
      'SELECT "column0", "column1", "column2", "column3" /* and 5 more */',
      'FROM "Order"',
    ]));
  test('those of a write, and their values', () =>
    check(
      'INSERT INTO "public"."Order" ("a","b","c","somewhatLongerName","anotherLongName","e") VALUES ($1,$2,$3,$4,$5,$6)',
      ['INSERT INTO "Order" ("a", "b", "c" /* and 3 more */)', 'VALUES ($1, $2, $3, $4, $5, $6)'],
    ));
  test('those given back by a write', () =>
    check(`UPDATE "Order" SET "a" = $1 WHERE ("Order"."id" = $2 AND 1=1) RETURNING ${columns(9)}`, [
      'UPDATE "Order"',
      'SET "a" = $1',
      'WHERE ("id" = $2)',
      'RETURNING "column0", "column1", "column2", "column3" /* and 5 more */',
    ]));
  test('enums of PostgreSQL', () =>
    check(
      `INSERT INTO "public"."A" ("aaaaaaaa","bbbbbbbb","cccccccc","d") VALUES ($1,CAST($2::text AS "public"."B"),$3,$4) RETURNING "public"."A"."b"::text, ${columns(9)}`,
      [
        'INSERT INTO "A" ("aaaaaaaa", "bbbbbbbb", "cccccccc", "d")',
        'VALUES ($1, CAST($2::text AS "B"), $3, $4)',
        'RETURNING',
        '  "A"."b"::text,',
        '  "Order"."column0",',
        '  "Order"."column1" /* and 7 more */',
      ],
    ));
  test('tables stay where there are two', () =>
    check(
      'SELECT "public"."A"."x", "public"."B"."y" FROM "public"."A" LEFT JOIN "public"."B" ON "A"."x" = "B"."x" LIMIT $1 OFFSET $2',
      ['SELECT "A"."x", "B"."y"', 'FROM "A" LEFT JOIN "B" ON "A"."x" = "B"."x"', 'LIMIT $1 OFFSET $2'],
    ));
  test('what fits on a line goes there', () =>
    check('SELECT "id" FROM "Order" WHERE ("status" = $1 AND ("a" = $2 OR "b" = $3)) ORDER BY "id" ASC', [
      'SELECT "id"',
      'FROM "Order"',
      'WHERE ("status" = $1 AND ("a" = $2 OR "b" = $3))',
      'ORDER BY "id" ASC',
    ]));
  test('a comment is not put before anything', () =>
    check('SELECT "id" -- the key\nFROM "Order" WHERE ("a" = $1 -- first\n AND "b" = $2)', [
      'SELECT',
      '  "id" -- the key',
      'FROM "Order"',
      'WHERE',
      '  (',
      '    "a" = $1 -- first',
      '    AND "b" = $2',
      '  )',
    ]));
  test('a database schema stays where it is not the usual one', () =>
    check('SELECT "shop"."A"."x" FROM "shop"."A"', ['SELECT "shop"."A"."x"', 'FROM "shop"."A"']));
  test('lines and statements beyond a screen are counted', async () => {
    const filter = Array.from({ length: 60 }, (_, at) => `"a${at}" = $${at}`).join(' AND ');
    const long = statement(`SELECT "a0" FROM "Order" WHERE (${filter})`);
    const text = await sqlHover(sent([long, long, long, long]));
    assert.match(text, /-- \d+ lines left out\n[\s\S]*"a59" = \$59/);
    assert.match(text, /-- and 2 more statements\n```/);
    assert.ok(text.split('\n').length < 60);
  });
  test('what the formatter cannot read stays as it is', async () => {
    const text = await sqlHover(sent([statement("SELECT 'open")], { kind: 'raw' }));
    assert.match(text, /^Sends \*\*1 SQL statement\*\* as written\.\n\n```sql\nSELECT 'open\n```$/);
  });
  test('a fence in the SQL does not end the block', async () => {
    const text = await sqlHover(sent([statement("SELECT '```\n```'")], { kind: 'raw' }));
    assert.equal(text.split('\n').filter((line) => /^`{4,}/.test(line)).length, 2);
  });
});

describe('rows', () => {
  const check = (rows: RowsRead, expected: string): void => assert.deepEqual(rowsText([rows]), [expected]);

  test('one', () => check({ kind: 'at-most', model: 'Order', rows: 1 }, 'At most one row of `Order`.'));
  test('some', () => check({ kind: 'at-most', model: 'Order', rows: 20 }, 'At most 20 rows of `Order`.'));
  test('written', () =>
    check({ kind: 'every-row', model: 'Order', access: 'write' }, 'Changes every row of `Order`: no WHERE.'));
  test('of a relation, cut in memory', () =>
    check(
      { kind: 'cut-in-memory', model: 'Item', path: 'items', filtered: false, by: ['take'] },
      'Reads every child row of `items`: `take` is applied in memory.',
    ));
  test('of the model, cut in memory', () =>
    check(
      { kind: 'cut-in-memory', model: 'Order', path: '', filtered: true, by: ['distinct', 'take'] },
      'Reads every matching row of `Order`: `distinct` and `take` are applied in memory.',
    ));
  test('counted, of several relations in one sentence', () =>
    assert.deepEqual(
      rowsText([
        { kind: 'counts-table', model: 'Item', by: '_count' },
        { kind: 'at-most', model: 'Order', rows: 5 },
        { kind: 'counts-table', model: 'Note', by: '_count' },
        { kind: 'counts-table', model: 'Note', by: 'orderBy' },
      ]),
      [
        'At most 5 rows of `Order`.',
        '`_count` aggregates the whole tables of `Item` and `Note`.',
        'Sorting by `_count` aggregates the whole table of `Note`.',
      ],
    ));
  test('counted', () =>
    check({ kind: 'counts-table', model: 'Item', by: '_count' }, '`_count` aggregates the whole table of `Item`.'));
});
