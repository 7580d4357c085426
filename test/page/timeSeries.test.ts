import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriesOf } from '#page/charts/timeSeries.ts';
import type { Periods } from '#shared/periods.ts';

const HOUR = 3_600_000;

function periods(step: Periods['step'], froms: readonly number[]): Periods {
  const points = froms.map((from) => ({ from, executions: 5, totalMs: 10, p95Ms: 3, maxMs: 4, slow: 0 }));
  return { slowMs: 500, whole: null, step, points, deploys: [] };
}

test('an hour in which nothing ran has no executions and no p95', () => {
  const gap = periods('hour', [0, 2 * HOUR]);
  assert.deepEqual(seriesOf(gap, 'executions', 0), { times: [0, HOUR, 2 * HOUR], values: [5, 0, 5] });
  assert.deepEqual(seriesOf(gap, 'p95Ms', null).values, [3, null, 3]);
});

test('days stand a day apart', () => {
  assert.deepEqual(seriesOf(periods('day', [0, 48 * HOUR]), 'slow', 0).times, [0, 24 * HOUR, 48 * HOUR]);
});

test('nothing is nothing', () => {
  assert.deepEqual(seriesOf(periods('hour', []), 'slow', 0), { times: [], values: [] });
});
