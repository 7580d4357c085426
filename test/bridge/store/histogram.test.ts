import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latenciesOf } from '#bridge/store/latencies.ts';
import { histogramOf } from '#bridge/store/measurementDetail.ts';
import { seededRandom } from '#test/support/seededRandom.ts';

function histogram(...times: readonly number[]) {
  const latencies = latenciesOf();
  for (const ms of times) latencies.add(ms, 1);
  return histogramOf(latencies);
}

const edges = (...times: readonly number[]) => histogram(...times).map(({ upToMs }) => upToMs);

test('edges are numbers a person reads, from the shortest time to the longest', () => {
  assert.deepEqual(edges(3), [5]);
  assert.deepEqual(edges(3, 80), [5, 10, 20, 50, 100]);
  assert.deepEqual(edges(0.3, 7), [0.5, 1, 2, 5, 10]);
  assert.deepEqual(edges(0, 0), [0.01]);
  assert.deepEqual(edges(), []);
});

test('there are some twenty at most, however far apart times lie, and every execution is in one', () => {
  const random = seededRandom(2);
  for (const decades of [1, 3, 6, 9, 12, 15]) {
    const times = Array.from({ length: 500 }, () => 10 ** ((random.below(1000) / 1000) * decades - 2));
    const bins = histogram(0, ...times);
    assert.ok(bins.length <= 20, `${bins.length} bins for ${decades} decades`);
    assert.equal(
      bins.reduce((sum, { calls }) => sum + calls, 0),
      501,
    );
    assert.deepEqual(
      bins.map(({ upToMs }) => upToMs),
      bins.map(({ upToMs }) => upToMs).toSorted((a, b) => a - b),
    );
    assert.ok((bins.at(-1)?.upToMs ?? 0) >= Math.max(...times) * 0.99);
  }
});

test('an execution is in the bin its time belongs to', () => {
  const random = seededRandom(9);
  const times = Array.from({ length: 2000 }, () => 1 + random.below(99));
  for (const [at, { upToMs, calls }] of histogram(...times).entries()) {
    const above = at === 0 ? 0 : (edges(...times)[at - 1] ?? 0);
    const near = (edge: number) => times.filter((ms) => Math.abs(ms - edge) <= edge / 100).length;
    const truth = times.filter((ms) => ms > above && ms <= upToMs).length;
    assert.ok(Math.abs(calls - truth) <= near(above) + near(upToMs), `${calls} up to ${upToMs}, not ${truth}`);
  }
});
