import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measurementText } from '#render/measurementText.ts';
import type { Measurement } from '#shared/measurement.ts';

const MEASURED: Measurement = {
  ...{ match: 'exact', calls: 4120, meanMs: 9, p50Ms: 3.456, p95Ms: 212.4, p99Ms: 300, perRequest: null },
  ...{ maxMs: 400, perHour: 4120, lastSeen: Date.UTC(2026, 10, 21, 10) },
};

function check(name: string, changed: Partial<Measurement>, expected: string): void {
  test(name, () => assert.equal(measurementText({ ...MEASURED, ...changed }), expected));
}

check('what is measured is one line', {}, '4,120 calls, half within 3.5 ms, 95 % within 212 ms (exact)');
check('totals have an average alone', { p50Ms: null, p95Ms: null }, '4,120 calls, 9 ms on average (exact)');
check('one is one', { calls: 1 }, '1 call, half within 3.5 ms, 95 % within 212 ms (exact)');
check(
  'what a request repeats is said',
  { perRequest: 37.04 },
  '4,120 calls, half within 3.5 ms, 95 % within 212 ms, 37.0 per request (exact)',
);
check(
  'once per request is not',
  { perRequest: 1, match: 'shape' },
  '4,120 calls, half within 3.5 ms, 95 % within 212 ms (shape)',
);
