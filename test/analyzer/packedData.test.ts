import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pack, unpack } from '#analyzer/packedData.ts';
import { extractFacts } from '#syntax/extractFacts.ts';
import { LOOP } from '#test/support/projectFolder.ts';

function check(data: unknown): void {
  assert.deepEqual(unpack(structuredClone(pack(data))), data);
}

test('every kind of plain value comes back', () => {
  check([0, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 1.5, -0, Number.NaN, Number.POSITIVE_INFINITY]);
  check(['', 'a', 'a', 'ü\u0000', true, false, null, undefined, 12n, -1n]);
  check({ a: [], b: {}, c: [{ a: [], b: { c: undefined } }] });
});

test('an object that only looks like a span comes back too', () => {
  check([
    { start: 1, end: 2 },
    { start: 1.5, end: 2 },
    { start: 'a', end: [] },
    { end: 1, start: 2 },
    { start: 2 ** 31, end: 0 },
  ]);
});

test('more than fits the first row', () => check(Array.from({ length: 200_000 }, (_, index) => index)));

test('facts of a file', () => check(extractFacts('src/titles.ts', LOOP)));
