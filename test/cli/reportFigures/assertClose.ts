import assert from 'node:assert/strict';

/** In milliseconds, or times: figures are rounded to three places, and what lies between two of these may go either way. */
const ROUNDING = 0.00051;

/** Fails unless two values are the same all through, numbers as far as a report rounds them. */
export function assertClose(actual: unknown, expected: unknown, what: string): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const isClose = Math.abs(actual - expected) < ROUNDING + Math.abs(expected) * 1e-9;
    assert.ok(isClose, `${what} is ${actual}, in the store ${expected}`);
  } else if (typeof actual === 'object' && typeof expected === 'object' && actual !== null && expected !== null) {
    assert.deepEqual(Object.keys(actual).toSorted(), Object.keys(expected).toSorted(), what);
    for (const [key, value] of Object.entries(expected)) assertClose(Reflect.get(actual, key), value, `${what} ${key}`);
  } else assert.deepEqual(actual, expected, what);
}
