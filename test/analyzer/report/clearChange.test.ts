import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clearChange } from '#analyzer/report/clearChange.ts';
import type { QueryUnderDeploy } from '#shared/periods.ts';

const LIMITS = { minSamples: 100, harmlessMs: 10 };

function under(deploy: string, p95Ms: number, perRequest: number | null = null, calls = 100): QueryUnderDeploy {
  return { deploy, calls, meanMs: p95Ms / 2, p95Ms, perRequest };
}

describe('figures are others since a deploy', () => {
  const check = (name: string, all: readonly QueryUnderDeploy[], expected: readonly [string, string] | null): void => {
    test(name, () => {
      const change = clearChange(all, LIMITS);
      assert.deepEqual(change && [change.before.deploy, change.after.deploy], expected);
    });
  };
  check('twice as slow', [under('a', 20), under('b', 40)], ['a', 'b']);
  check('half as slow', [under('a', 40), under('b', 20)], ['a', 'b']);
  check('less than that', [under('a', 40), under('b', 21)], null);
  check('asked less often, and as quick as before', [under('a', 2, 51), under('b', 2, 2)], ['a', 'b']);
  check('quick before and after', [under('a', 2), under('b', 9)], null);
  check('not told apart by request on one side', [under('a', 2, 51), under('b', 2)], null);
  check('the last two of several', [under('a', 900), under('b', 20), under('c', 90)], ['b', 'c']);
  check(
    'a deploy under which it hardly ran is passed over',
    [under('a', 900), under('b', 20, null, 99), under('c', 90)],
    ['a', 'c'],
  );
  check('one deploy alone', [under('a', 900)], null);
});
