import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Dialect } from '#schema/sqlTokens.ts';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import { type SeededRandom, seededRandom } from '#test/support/seededRandom.ts';
import { fixtureText } from '../support/fixtureText.ts';

function check(dialect: Dialect, sql: string, expected: string, comments: readonly string[] = []): void {
  test(`${dialect}: ${sql}`, () => {
    assert.deepEqual(canonicalSql(sql, dialect), { text: expected, comments });
  });
}

describe('values', () => {
  check('postgresql', 'SELECT 1 FROM t WHERE a = $1 AND 1=1', 'select ? from t where a = ? and ? = ?');
  check('postgresql', 'select $3 from t where a = $1 and $4=$5', 'select ? from t where a = ? and ? = ?');
  check('postgresql', "a LIKE ('%' || $1 || '%')", 'a like (? || ? || ?)');
  check('postgresql', 'a LIKE ($5 || $1 || $6)', 'a like (? || ? || ?)');
  check(
    'postgresql',
    "a = 'it''s' and b = E'it\\'s' and c = U&'x' and d = b'01'",
    'a = ? and b = ? and c = ? and d = ?',
  );
  check('postgresql', "a = $$it's$$ and b = $tag$ $$ ; $tag$ and c", 'a = ? and b = ? and c');
  check('postgresql', "a = 'one\\' and b = 'two'", 'a = ? and b = ?');
  check('mysql', "a = 'one\\' and b = ' and c = 'two'", 'a = ? and c = ?');
  check('mysql', 'a = "it\'s ""it""" and `b` = 0x1F and c = x\'1F\'', 'a = ? and `b` = ? and c = ?');
  check('mysql', "a = _binary'\\0\\'' and b = _utf8mb4'x'", 'a = ? and b = ?');
  check('sqlite', 'a = ?1 and b = :name and c = @name and d = $name', 'a = ? and b = ? and c = ? and d = ?');
  check('sqlserver', "a = @P1 and [b c] = N'x' and @total = 1", 'a = ? and [b c] = ? and @total = ?');
  check('mysql', 'a = -5 and b = - 5 and c = 1.5e-3 and d = .5', 'a = ? and b = ? and c = ? and d = ?');
  check('mysql', 'select a - 1, `b` -1, (c) - 1, - 1, 2 - -1', 'select a - ?, `b` - ?, (c) - ?, ?, ? - ?');
  check('mysql', "a = 'x' 'y'", 'a = ?');
  check(
    'mysql',
    'set a = null, b = true where c is null and d is not true',
    'set a = ?, b = ? where c is null and d is not true',
  );
});

describe('lists', () => {
  check('postgresql', 'a IN ($1,$2, $3)', 'a in (?)');
  check('mysql', 'a IN (1)', 'a in (?)');
  check('mysql', 'a IN (...)', 'a in (?)');
  check('postgresql', '(a,b) IN (($1,$2),($3,$4))', '(a, b) in ((?))');
  check('postgresql', 'values ($1,DEFAULT),($2,$3), (default, null)', 'values (?)');
  check(
    'postgresql',
    'values ($1,CAST($2::text AS "R")),($3,CAST($4::text AS "R"))',
    'values (?, cast (?::text as "R"))',
  );
  check('postgresql', 'a = any(array[1,2]) and b[1] = 1', 'a = any (array[?]) and b[?] = ?');
  check('postgresql', 'coalesce(a, $1), f(b), f(b)', 'coalesce (a, ?), f (b), f (b)');
  check('postgresql', 'insert into t (a) default values', 'insert into t (a) default values');
});

describe('comments and blanks', () => {
  check('postgresql', "SELECT 1 /*site='a%3A1'*/;", 'select ?', ["site='a%3A1'"]);
  check('postgresql', '/* head */ select a -- tail\n from t', 'select a from t', [' head ', ' tail']);
  check('postgresql', 'select a /* one /* two */ still */ , b', 'select a, b', [' one /* two */ still ']);
  check('mysql', 'select a /* one /* two */, b', 'select a, b', [' one /* two ']);
  check('mysql', 'select a # rest\n, 2--1, b -- rest', 'select a, ? - ?, b', [' rest', ' rest']);
  check('postgresql', "select data#>'{a}', data->>'b' from t", 'select data #> ?, data ->> ? from t');
  check('postgresql', 'select \'/* no */\', "-- no"', 'select ?, "-- no"');
  check('sqlite', 'SELECT  [a b] ,`c`\n\tFROM "T" AS t', 'select [a b], `c` from "T" as t');
  check('postgresql', 'SELECT "T"."a"::text FROM "T" WHERE "a">=$1', 'select "T"."a"::text from "T" where "a" >= ?');
});

describe('statements cut off', () => {
  check('postgresql', "select a from t where b = 'secr", 'select a from t where b = ?');
  check('mysql', "select a from t where b = 'secr\\", 'select a from t where b = ?');
  check('postgresql', 'select "a", "b', 'select "a", "b');
  check('postgresql', 'a = $x$ open', 'a = ?');
  check('postgresql', 'a in ($1, $2', 'a in (?, ?');
  check('postgresql', 'select a /* site=', 'select a', [' site=']);
  check('postgresql', ') select (', ') select (');
  check('mysql', '', '');
});

const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'sqlite', 'sqlserver'];

const MARKS =
  "' '' \" ` ( ) ), ,( [ ] $ $$ $1 $a$ ? ?? -- # /* */ \\ ; - + -1 E' N' @P1 :a :: ... null default is\u0000\u00e9\n".split(
    ' ',
  );

describe('whatever the text', () => {
  const logs = Object.values(JSON.parse(fixtureText('logs.json'))).flat();
  const statements = logs.filter((each): each is string => typeof each === 'string');
  const random = seededRandom(4);
  const texts = Array.from({ length: 3000 }, () => mangled(statements, random));

  test('a canonical text is its own', () => {
    for (const text of [...statements, ...texts]) {
      for (const dialect of DIALECTS) {
        const once = canonicalSql(text, dialect).text;
        assert.equal(canonicalSql(once, dialect).text, once, `${dialect}: ${text}`);
      }
    }
  });

  test('nothing within quotes of a value is left', () => {
    for (const text of texts) {
      const secret = canonicalSql(
        `select a from t where b = 'Zecret' and c = 'it''s Zecret ${text.replaceAll("'", '')}`,
        'mysql',
      );
      assert.doesNotMatch(secret.text, /Zecret/);
    }
  });
});

/** A piece of a logged statement, sometimes with a piece of another or with marks of SQL thrown in. */
function mangled(statements: readonly string[], random: SeededRandom): string {
  const piece = () => {
    const text = random.pick(statements);
    const from = random.below(text.length);
    return text.slice(from, from + random.below(80));
  };
  return Array.from({ length: 1 + random.below(4) }, () => (random.below(5) < 3 ? piece() : random.pick(MARKS))).join(
    '',
  );
}
