import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { measureAll } from '#bridge/store/measuredHours.ts';
import { latenciesOfMeasured, measuredRows } from '#bridge/store/measuredTable.ts';
import { retain } from '#bridge/store/retention.ts';
import { createTallies, type Subject } from '#bridge/store/tally.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import { FIRST, testEvidence, testStore } from '../support/testStore.ts';

const HOUR_MS = 3_600_000;
const LARGE = 1e12;

/** The sums that are kept, and those made anew from the hours. */
function checkSums(store: EvidenceStore, when: string): void {
  const sums = () =>
    measuredRows(store.database)
      .map((row) => ({
        ...{ ...row, countedAt: 0, sumMs: row.sumMs.toFixed(6) },
        latencies: latenciesOfMeasured(store.database, row),
      }))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const kept = sums();
  measureAll(store.database);
  assert.deepEqual(kept, sums(), when);
}

test('the sums over all hours are those of the hours, whatever is counted and dropped', async (context) => {
  const random = seededRandom(11);
  const store = await testStore(context);
  const pick = <Of>(of: readonly Of[]): Of => of[random.below(of.length)] as Of;
  for (let round = 0; round < 40; round++) {
    const tallies = createTallies();
    for (let each = random.below(60); each >= 0; each--) {
      const subject: Subject = {
        ...FIRST,
        ...{ text: `select ${random.below(3)}`, site: pick(['a', 'b', null]), version: pick(['v1', 'v2']) },
        ...{ name: pick(['', 'Post.findMany']), part: pick(['first', 'further', 'call'] as const) },
      };
      const at = (round * 5 + random.below(30)) * HOUR_MS;
      if (random.below(8) === 0)
        tallies.totals({ ...subject, part: 'totals' }, at, { count: 3, sumMs: 9, minMs: 1, maxMs: 5 });
      else tallies.execution(subject, at, random.below(1000) / 7, 1 + random.below(2) * 99);
    }
    store.write(tallies.take(), null);
    if (random.below(4) === 0) retain(store, round * 5 * HOUR_MS, { days: 1 + random.below(3), bytes: LARGE });
  }
  assert.ok(measuredRows(store.database).length > 10);
  checkSums(store, 'after counting and dropping');
  retain(store, 1000 * HOUR_MS, { days: 0, bytes: LARGE });
  checkSums(store, 'after dropping nearly all');
});

/** Times as systems have them, in milliseconds, by a number from 0 to 1. */
const DISTRIBUTIONS: Readonly<Record<string, (at: number, other: number) => number>> = {
  'a quick query': (at) => 0.2 + 0.1 * at,
  'a long tail': (at) => 2 / (1 - at) ** 0.8,
  'cached or not': (at, other) => (other < 0.9 ? 0.3 + 0.2 * at : 40 + 60 * at),
  'bell-shaped over its logarithm': (at, other) =>
    Math.exp(2 + 1.2 * Math.sqrt(-2 * Math.log(1 - at)) * Math.cos(2 * Math.PI * other)),
  'always the same': () => 12.5,
  'a time-out': (at, other) => (other < 0.985 ? 5 + at : 30_000 + at),
};

for (const [name, timeOf] of Object.entries(DISTRIBUTIONS)) {
  test(`percentiles over many hours and writes are within one in a hundred of the truth: ${name}`, async (context) => {
    const random = seededRandom(3);
    const { store, evidence } = await testEvidence(context);
    const times: number[] = [];
    for (let write = 0; write < 60; write++) {
      const tallies = createTallies();
      for (let each = 0; each < 200; each++) {
        const ms = timeOf(random.below(1_000_000) / 1_000_000, random.below(1_000_000) / 1_000_000);
        times.push(ms);
        tallies.execution(FIRST, (write % 25) * HOUR_MS + each, ms, 1);
      }
      store.write(tallies.take(), null);
    }
    const measured = evidence.measurements().get('a');
    times.sort((a, b) => a - b);
    const truth = (percent: number) => times[Math.floor((percent / 100) * (times.length - 1))] ?? Number.NaN;
    for (const [percent, ms] of [
      [50, measured?.p50Ms],
      [95, measured?.p95Ms],
      [99, measured?.p99Ms],
    ] as const)
      assert.ok(
        Math.abs(Number(ms) - truth(percent)) <= truth(percent) / 100,
        `p${percent}: ${ms}, not ${truth(percent)}`,
      );
    assert.equal(measured?.calls, times.length);
  });
}
