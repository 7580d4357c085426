import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allOutcomes, type Decisions } from '#graph/decisions.ts';

describe('all ways to take decisions', () => {
  const check = (
    name: string,
    read: (decisions: Decisions) => string,
    limit: number,
    expected: readonly string[],
    rest: { readonly untried: number; readonly singly: boolean },
  ): void => {
    test(name, () => {
      const { results, ...told } = allOutcomes(read, limit);
      assert.deepEqual([results, told], [expected, rest]);
    });
  };
  const options = (decisions: Decisions, ...points: readonly string[]): string =>
    points.map((point) => decisions.choose(point, 2, () => '')).join('');
  const whole = { untried: 0, singly: true };
  check('are one where nothing is to be decided', () => 'x', 9, ['x'], whole);
  check('are taken together', (d) => options(d, 'a', 'b'), 9, ['00', '10', '01', '11'], whole);
  check('decide a point once', (d) => options(d, 'a', 'a'), 9, ['00', '11'], whole);
  check(
    'meet some points on some ways only',
    (d) => (d.choose('a', 2, () => '') === 0 ? '0' : `1${options(d, 'b')}`),
    9,
    ['0', '10', '11'],
    whole,
  );
  check('end at the limit', (d) => options(d, 'a', 'b', 'c'), 4, ['000', '100', '010', '001'], {
    untried: 3,
    singly: true,
  });
  check('may be too many to try each by itself', (d) => options(d, 'a', 'b', 'c'), 2, ['000', '100'], {
    untried: 4,
    singly: false,
  });
});
