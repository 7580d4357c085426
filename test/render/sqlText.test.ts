import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sqlLines, sqlListing, sqlPage } from '#render/sqlText.ts';
import type { SentSql, StatementView } from '#shared/sqlView.ts';

function statement(sql: string, parts: Partial<StatementView> = {}): StatementView {
  return { kind: 'query', sql, child: false, conditional: false, transaction: false, ...parts };
}

const ORDERS = statement('SELECT "o"."id" FROM "o" WHERE "o"."a" = $1');
const ITEMS = statement('SELECT "i"."id" FROM "i"', { child: true });
const DELETE = statement('DELETE FROM "i"', { conditional: true });

const SENT: SentSql = {
  ...{
    kind: 'compiled',
    dialect: 'postgresql',
    furtherWays: 0,
    notFollowed: [],
    assumed: [],
    batched: null,
    notes: [],
  },
  variants: [
    { differs: [], statements: [ORDERS, ITEMS], rows: [{ kind: 'at-most', model: 'O', rows: 5 }] },
    { differs: ['without where.a', 'take null'], statements: [DELETE], rows: [] },
    { differs: ['take 0'], statements: [], rows: [] },
  ],
};

describe('sqlLines', () => {
  test('are the statements of the usual way', () => assert.equal(sqlLines(SENT), `${ORDERS.sql}\n${ITEMS.sql}`));
  test('keep a statement on one line', () =>
    assert.equal(
      sqlLines({ ...SENT, variants: [{ differs: [], statements: [statement('SELECT 1\n  FROM x\n')], rows: [] }] }),
      'SELECT 1 FROM x',
    ));
  test('but not where a comment or a text would change', () => {
    for (const sql of ['SELECT 1 -- one\nFROM x', "SELECT 'a\nb'", 'SELECT 1 # one\nFROM x'])
      assert.equal(sqlLines({ ...SENT, variants: [{ differs: [], statements: [statement(sql)], rows: [] }] }), sql);
  });
  test('are none where the SQL cannot be told', () =>
    assert.equal(sqlLines({ kind: 'not-compiled', reason: 'it is dynamic', keys: [] }), ''));
});

test('a listing has all ways, comments for what is not SQL', () =>
  assert.deepEqual(
    sqlListing({
      ...SENT,
      notFollowed: ['where.b'],
      assumed: ['where by id'],
      furtherWays: 2,
      notes: ['older ones differ'],
    }).split('\n'),
    [
      ORDERS.sql,
      ITEMS.sql,
      '-- without where.a, take null',
      '-- not every time',
      DELETE.sql,
      '-- take 0',
      '-- sends nothing: the client answers by itself',
      '-- not followed, may add to it: where.b',
      '-- assumed: where by id',
      '-- ways not shown: 2',
      '-- older ones differ',
      '-- At most 5 rows of O',
      '',
    ],
  ));

describe('sqlPage', () => {
  test('lays all of it out', async () =>
    assert.deepEqual((await sqlPage('O.findMany', { ...SENT, batched: [ORDERS] })).split('\n'), [
      ...['-- O.findMany', '-- At most 5 rows of O', ''],
      ...['SELECT "o"."id"', 'FROM "o"', 'WHERE "o"."a" = $1;', ''],
      ...['-- for the rows above', 'SELECT "i"."id"', 'FROM "i";', ''],
      ...['-- without where.a, take null', '', '-- not every time', 'DELETE FROM "i";', ''],
      ...['-- take 0', '-- sends nothing: the client answers by itself', ''],
      ...[
        '-- sent once for all that are asked for in one tick',
        '',
        'SELECT "o"."id"',
        'FROM "o"',
        'WHERE "o"."a" = $1;',
        '',
      ],
    ]));
  test('says why there is none', async () =>
    assert.equal(
      await sqlPage('O.findMany', { kind: 'not-compiled', reason: 'it is dynamic', keys: [] }),
      '-- O.findMany\n-- The SQL cannot be told: it is dynamic.\n',
    ));
});
