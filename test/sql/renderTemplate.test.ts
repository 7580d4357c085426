import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fragment, PlaceholderFormat } from '#sql/queryPlan.ts';
import { renderTemplate } from '#sql/renderTemplate.ts';

const NUMBERED: PlaceholderFormat = { prefix: '$', hasNumbering: true };
const PLAIN: PlaceholderFormat = { prefix: '?', hasNumbering: false };
const chunk = (text: string): Fragment => ({ type: 'stringChunk', chunk: text });
const VALUE: Fragment = { type: 'parameter' };
const LIST: Fragment = { type: 'parameterTuple', itemPrefix: '', itemSeparator: ',', itemSuffix: '' };
const CAST: Fragment = { type: 'parameterTuple', itemPrefix: 'CAST(', itemSeparator: ', ', itemSuffix: '::"r")' };
const PAIRS: Fragment = {
  type: 'parameterTupleList',
  itemPrefix: '(',
  itemSeparator: ', ',
  itemSuffix: ')',
  groupSeparator: ', ',
};
/** What stands in a plan for a value that another statement gives. */
const later = (...args: readonly unknown[]) => ({
  prisma__type: 'generatorCall',
  prisma__value: { name: 'made', args },
});

function check(
  fragments: readonly Fragment[],
  args: readonly unknown[],
  expected: string,
  placeholderFormat = NUMBERED,
) {
  assert.equal(renderTemplate({ type: 'templateSql', fragments, args, placeholderFormat, chunkable: true }), expected);
}

test('places of parameters are numbered through the statement, where the database numbers them', () => {
  const fragments = [chunk('a = '), VALUE, chunk(' AND b IN '), LIST, chunk(' LIMIT '), VALUE];
  check(fragments, [1, [2, 3], 4], 'a = $1 AND b IN ($2,$3) LIMIT $4');
  check(fragments, [1, [2, 3], 4], 'a = ? AND b IN (?,?) LIMIT ?', PLAIN);
});

test('a list that only the run knows counts as one value', () => {
  check([LIST], [later()], '($1)');
  check([CAST], [['a', 'b']], '(CAST($1::"r"), CAST($2::"r"))');
});

test('an empty list holds NULL', () => check([LIST], [[]], '(NULL)'));

test('rows of several columns stand in brackets', () => {
  check(
    [PAIRS],
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    '($1, $2), ($3, $4)',
  );
  check([PAIRS], [later({}, {})], '($1, $2)');
});

test('raw text stays as it is', () =>
  assert.equal(renderTemplate({ type: 'rawSql', sql: 'SELECT ?', args: [1] }), 'SELECT ?'));
