import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Provider } from '#schema/schemaModel.ts';
import { outputStars } from '#sql/parse/select.ts';
import { openSqlParsers } from '#sql/parse/sqlParsers.ts';

const PROVIDERS: readonly Provider[] = ['postgresql', 'mysql', 'sqlite', 'cockroachdb'];
const parse = await openSqlParsers(new Set(PROVIDERS));

/** Tables whose columns a `*` of the answer stands for; the `*` is marked `«*»` where parsers tell its place. */
const CASES: readonly (readonly [sql: string, tables: readonly string[]])[] = [
  ['SELECT «*» FROM users', ['users']],
  ['SELECT «*» FROM users AS u WHERE u.id IN (SELECT * FROM ids)', ['users']],
  ['SELECT u.*, p.id FROM users u JOIN posts p ON p.author = u.id', ['users']],
  ['SELECT «*» FROM users u LEFT JOIN posts p ON p.author = u.id', ['users posts']],
  ['SELECT id, name FROM users', []],
  ['SELECT COUNT(*) AS n FROM users', []],
  ['SELECT id FROM users WHERE EXISTS (SELECT * FROM posts)', []],
  ['SELECT * FROM (SELECT id, name FROM users) u', []],
  ['SELECT * FROM (SELECT «*» FROM users) u', ['users']],
  ['WITH recent AS (SELECT * FROM posts) SELECT id FROM recent', []],
  ['WITH recent AS (SELECT «*» FROM posts) SELECT * FROM recent', ['posts']],
  ['WITH named AS (SELECT id FROM posts) SELECT * FROM named', []],
  ["SELECT 'é', «*» FROM users UNION ALL SELECT 'b', «*» FROM admins", ['users', 'admins']],
  [
    'WITH RECURSIVE tree AS (SELECT id FROM nodes UNION ALL SELECT n.id FROM nodes n JOIN tree t ON n.parent = t.id) SELECT * FROM tree',
    [],
  ],
  ['UPDATE users SET name = 1', []],
];

for (const provider of PROVIDERS)
  describe(`stars of ${provider}`, () => {
    for (const [marked, tables] of CASES)
      test(marked, () => {
        const sql = marked.replaceAll(/[«»]/g, '');
        const stars = outputStars(parse(sql, provider) ?? assert.fail('not understood'));
        assert.deepEqual(
          stars.map((star) => star.tables.join(' ')),
          tables,
        );
        for (const { offset } of stars) if (offset !== null) assert.equal(sql[offset], '*');
        const places = [...marked.matchAll(/«/g)].map(({ index }, before) => index - 2 * before);
        if (places.length > 0)
          assert.deepEqual(
            stars.map(({ offset }) => offset),
            places,
          );
      });
  });

test('what is no SQL is not understood', () => {
  for (const provider of PROVIDERS) assert.equal(parse('SELECT FROM WHERE ((', provider), null);
});

test('a database nobody asked a parser for is not understood', () => {
  assert.equal(parse('SELECT * FROM users', 'sqlserver'), null);
});
