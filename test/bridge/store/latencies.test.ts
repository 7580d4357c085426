import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latenciesOf } from '#bridge/store/latencies.ts';
import { seededRandom } from '#test/support/seededRandom.ts';

const PERCENTILES = [0, 50, 95, 99, 100] as const;

test('percentiles are within one in a hundred of the truth, whatever the times are', () => {
  for (const [seed, spread] of [1, 3, 8].entries()) {
    const random = seededRandom(seed);
    const times = Array.from({ length: 5000 }, () => Math.exp((random.below(2001) / 1000 - 1) * spread));
    const latencies = latenciesOf();
    for (const ms of times) latencies.add(ms, 1);
    const sorted = times.toSorted((a, b) => a - b);
    for (const percent of PERCENTILES) {
      const truth = sorted[Math.floor((percent / 100) * (sorted.length - 1))] ?? Number.NaN;
      assert.ok(Math.abs(latencies.percentile(percent) - truth) <= truth / 100, `p${percent}, spread ${spread}`);
    }
  }
});

test('what is kept reads as what it was, and several as one', () => {
  const [odd, even, all] = [latenciesOf(), latenciesOf(), latenciesOf()];
  for (let ms = 0; ms < 1000; ms++) {
    (ms % 2 === 0 ? even : odd).add(ms / 7, 1 + (ms % 3));
    all.add(ms / 7, 1 + (ms % 3));
  }
  const merged = latenciesOf(odd.text(), even.text());
  assert.equal(merged.text(), all.text());
  assert.equal(latenciesOf(merged.text()).text(), all.text());
});

test('none have no percentiles, and times of zero are times', () => {
  assert.ok(Number.isNaN(latenciesOf().percentile(50)));
  const zero = latenciesOf();
  zero.add(0, 3);
  assert.equal(latenciesOf(zero.text()).percentile(99), 0);
});

test('a text of somebody else counts nothing', () => {
  for (const text of ['', 'null', '1', 'a:b', '5:-1 x:3', '{}'])
    assert.ok(Number.isNaN(latenciesOf(text).percentile(50)), text);
});
