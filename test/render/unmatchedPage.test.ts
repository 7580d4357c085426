import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { modelHover } from '#render/modelHover.ts';
import { type UnmatchedShape, unmatchedPage } from '#render/unmatchedPage.ts';

const SHAPE: UnmatchedShape = { text: 'select 1', dialect: 'postgresql', match: 'unmatched', calls: 4, totalMs: 8 };

describe('the page of unmatched SQL', () => {
  const check = async (shapes: readonly UnmatchedShape[], expected: RegExp): Promise<void> =>
    assert.match(await unmatchedPage(shapes), expected);

  test('says where there is none', () => check([], /^-- Everything that was counted is of one call\.\n$/));
  test('has a section for each reason', () =>
    check(
      [SHAPE, { ...SHAPE, match: 'ambiguous', text: 'select 2' }],
      /known to send this\.[^;]*\n\n-- 4 calls, mean 2 ms\nselect\s+1;\n\n\n-- Several calls send this/,
    ));
  test('what is no SQL is a comment', () =>
    check([{ ...SHAPE, text: 'Order.findMany', dialect: 'call', match: 'model' }], /\n-- Order\.findMany\n$/));
});

describe('what a model shows', () => {
  const now = Date.UTC(2026, 10, 20, 14, 30);
  const seen = { calls: 3, meanMs: 12, maxMs: 40, lastSeen: now - 3 * 3_600_000 };

  test('is nothing where all is of one line', () => assert.equal(modelHover('Order', [], now), ''));
  test('is a line for each operation, and for SQL of several calls', () => {
    const text = modelHover(
      'Order',
      [
        { ...seen, name: 'Order.findMany' },
        { ...seen, name: '' },
      ],
      now,
    );
    assert.match(text, /- `Order\.findMany`: mean 12 ms, slowest 40 ms \(3 calls, last seen 3 h ago\)\n/);
    assert.match(text, /- SQL that several calls send: mean 12 ms/);
  });
});
