import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { collectedText, unmatchedCount } from '#render/collectedText.ts';

const NONE = { exact: 0, shape: 0, label: 0, model: 0, ambiguous: 0, unmatched: 0 };

describe('what became of a log', () => {
  const check = (matched: Partial<typeof NONE>, expected: string, unreadable = 0): void => {
    const all = { ...NONE, ...matched };
    const executions = Object.values(all).reduce((sum, each) => sum + each, 0);
    const summary = { kind: 'summary' as const, executions, matched: all, unreadable, lost: 0, seconds: 1 };
    assert.equal(collectedText(summary), expected);
    assert.equal(unmatchedCount(summary), all.model + all.ambiguous + all.unmatched);
  };

  test('all of one call', () => check({ exact: 1, shape: 4119 }, '4,120 executions counted, each of one call'));
  test('one execution', () => check({ label: 1 }, '1 execution counted, each of one call'));
  test('of some the call is not known', () =>
    check(
      { shape: 60, model: 10, ambiguous: 20, unmatched: 10 },
      '100 executions counted, 60 % of one call, 10 % of a model alone, 20 % of several calls that send the same, 10 % of no call that is known',
    ));
  test('what is rare is not none, and what lacks something is not all', () =>
    check({ shape: 9999, unmatched: 1 }, '10,000 executions counted, 99 % of one call, 1 % of no call that is known'));
  test('nothing new', () => check({}, 'nothing new was counted'));
  test('lines that could not be read', () => {
    check({}, 'nothing new was counted; 3 lines not readable', 3);
    check({ shape: 1 }, '1 execution counted, each of one call, 1 line not readable', 1);
  });
});
