import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PARAMETER } from '#sql/parse/mysqlShape.ts';
import type { Shape } from '#sql/parse/shape.ts';
import { openSqlParsers } from '#sql/parse/sqlParsers.ts';

const parse = await openSqlParsers(new Set(['postgresql', 'mysql', 'sqlite'] as const));

const PLAIN: Shape = { demands: [], order: [], limited: false, skips: false, grouped: false };

/** What every parser says of a statement; `?` stands for a parameter. */
function check(sql: string, expected: Partial<Shape>): void {
  it(sql, () => {
    const texts = {
      postgresql: sql.replaceAll('?', () => '$1'),
      mysql: sql.replaceAll('?', PARAMETER),
      sqlite: sql.replaceAll('?', PARAMETER),
    } as const;
    for (const provider of ['postgresql', 'mysql', 'sqlite'] as const)
      assert.deepEqual(
        parse(texts[provider], provider)?.map(({ shape }) => shape),
        [{ ...PLAIN, ...expected }],
        provider,
      );
  });
}

const column = (name: string, of: string | null = null) => ({ of, name });
const compare = (name: string, comparison: 'equal' | 'in' | 'null' | 'range' | 'prefix' | 'search' | 'exclude') =>
  ({ kind: 'compare', column: column(name), comparison, constant: false }) as const;

describe('which rows a statement reads', () => {
  check('SELECT a FROM t WHERE b = ? AND c > ? AND d IN (?, ?)', {
    demands: [compare('b', 'equal'), compare('c', 'range'), compare('d', 'in')],
  });
  check("SELECT a FROM t WHERE ? = b AND c = 'x' AND d IS NULL", {
    demands: [
      compare('b', 'equal'),
      { ...compare('c', 'equal'), constant: true, value: 'x' },
      { ...compare('d', 'null'), constant: true, value: null },
    ],
  });
  check("SELECT a FROM t WHERE b BETWEEN ? AND ? AND c LIKE 'x%' AND d LIKE '%x' AND e <> ? AND f IS NOT NULL", {
    demands: [
      compare('b', 'range'),
      { ...compare('c', 'prefix'), constant: true, value: 'x%' },
      { ...compare('d', 'search'), constant: true, value: '%x' },
      compare('e', 'exclude'),
      { ...compare('f', 'exclude'), constant: true, value: null },
    ],
  });
  check('SELECT a FROM t WHERE b = ? OR c = ?', {
    demands: [{ kind: 'either', branches: [[compare('b', 'equal')], [compare('c', 'equal')]] }],
  });
  check('SELECT a FROM t WHERE lower(b) = ?', { demands: [{ kind: 'unknown' }] });
  check('SELECT t.a FROM t JOIN u ON u.t_id = t.id AND u.b = ? LEFT JOIN v ON v.t_id = t.id AND v.c = ?', {
    demands: [
      { kind: 'join', left: column('t_id', 'u'), right: column('id', 't') },
      { ...compare('b', 'equal'), column: column('b', 'u') },
      { kind: 'join', left: column('t_id', 'v'), right: column('id', 't') },
    ],
  });
  check('UPDATE t SET a = ? WHERE b = ?', { demands: [compare('b', 'equal')] });
  check('DELETE FROM t WHERE b = ?', { demands: [compare('b', 'equal')] });
});

describe('in which order and how many', () => {
  check('SELECT a FROM t ORDER BY b DESC, lower(c) LIMIT 5 OFFSET 10', {
    order: [
      { column: column('b'), direction: 'desc' },
      { column: null, direction: 'asc' },
    ],
    limited: true,
    skips: true,
  });
  check('SELECT a FROM t LIMIT ?', { limited: true });
  check('SELECT count(*) FROM t', { grouped: true });
  check('SELECT a, max(b) FROM t GROUP BY a', { grouped: true });
  check('SELECT DISTINCT a FROM t', { grouped: true });
});
