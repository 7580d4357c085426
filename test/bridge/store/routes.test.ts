import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { RouteSample } from '#bridge/sample.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { testEvidence } from '../support/testStore.ts';

const HOUR_MS = 3_600_000;
const UNKNOWN = { p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null, failed: null };

type Told = Partial<RouteSample> & Pick<RouteSample, 'requests' | 'totalMs'> & { readonly at: number };

/** What is known of the only route once all of this was told, a write each. */
async function answersAfter(context: TestContext, ...told: readonly Told[]) {
  const { store, evidence } = await testEvidence(context);
  for (const one of told) {
    const tallies = createTallies();
    tallies.route({ kind: 'route', route: 'GET /posts', ...UNKNOWN, ...one });
    store.write(tallies.take(), null);
  }
  return evidence.routeFigures()[0]?.answers;
}

test('counters are of all since the start: only what came since is added', async (context) => {
  const answers = await answersAfter(
    context,
    { at: 1, requests: 100, totalMs: 1000, failed: 2, p95Ms: 30 },
    { at: 2, requests: 100, totalMs: 1000, failed: 2, p95Ms: 30 },
    { at: 3 * HOUR_MS, requests: 150, totalMs: 2000, failed: 5, p95Ms: 40, maxMs: 90 },
  );
  assert.deepEqual(answers, {
    ...{ requests: 150, meanMs: 13.333, p50Ms: null, p95Ms: 40, p99Ms: null, maxMs: 90 },
    ...{ failed: 5, lastSeen: 3 * HOUR_MS },
  });
});

test('counters that are smaller are those of a process that was started anew', async (context) => {
  const answers = await answersAfter(
    context,
    { at: 1, requests: 100, totalMs: 1000 },
    { at: 2, requests: 10, totalMs: 50 },
    { at: 3, requests: 15, totalMs: 80 },
  );
  assert.equal(answers?.requests, 115);
  assert.equal(answers?.failed, null);
});

test('processes that count for themselves are told apart where the source does', async (context) => {
  const answers = await answersAfter(
    context,
    { at: 1, requests: 1000, totalMs: 1, process: 'a:1' },
    { at: 1, requests: 10, totalMs: 1, process: 'b:1' },
    { at: 2, requests: 1001, totalMs: 2, process: 'a:1' },
    { at: 2, requests: 12, totalMs: 2, process: 'b:1' },
  );
  assert.equal(answers?.requests, 1013);
});

test('what was told before is not told again later', async (context) => {
  const answers = await answersAfter(
    context,
    { at: 5, requests: 100, totalMs: 1000 },
    { at: 4, requests: 80, totalMs: 800 },
    { at: 6, requests: 110, totalMs: 1100 },
  );
  assert.equal(answers?.requests, 110);
});

test('of a share the last one told counts', async (context) => {
  const { store, evidence } = await testEvidence(context);
  const tallies = createTallies();
  for (const [at, value] of [
    [HOUR_MS, 0.5],
    [9 * HOUR_MS, 0.9],
    [3 * HOUR_MS, 0.1],
  ] as const)
    tallies.ratio({ kind: 'ratio', of: 'cache-hits', at, value });
  store.write(tallies.take(), null);
  assert.deepEqual(evidence.ratios(), [{ ratio: 'cache-hits', value: 0.9, at: 9 * HOUR_MS }]);
});
