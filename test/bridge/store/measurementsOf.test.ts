import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTallies, type Subject, type Tallies } from '#bridge/store/tally.ts';
import type { Measurement } from '#shared/measurement.ts';
import { FIRST, testEvidence } from '../support/testStore.ts';

const HOUR_MS = 3_600_000;
const NO_ROUTE = { route: null, statements: null };

interface Expected extends Partial<Measurement> {}

/** What is measured of the site `a` once all of this was written, a transaction each. */
async function check(
  context: TestContext,
  writes: readonly ((into: Tallies) => void)[],
  expected: Expected | null,
): Promise<void> {
  const { store, evidence } = await testEvidence(context);
  for (const [index, write] of writes.entries()) {
    const tallies = createTallies();
    write(tallies);
    const to = { position: 1, tail: '', countedBeyond: 0 };
    assert.ok(store.write(tallies.take(), { from: null, head: Buffer.from(`log ${index}`), to }));
  }
  const measured = evidence.measurements().get('a') ?? null;
  const seen =
    measured && Object.fromEntries(Object.keys(expected ?? {}).map((key) => [key, Reflect.get(measured, key)]));
  assert.deepEqual(seen, expected);
}

const times =
  (subject: Partial<Subject>, ...ms: readonly number[]) =>
  (into: Tallies): void => {
    for (const [index, each] of ms.entries()) into.execution({ ...FIRST, ...subject }, index * HOUR_MS, each, 1);
  };

test('executions of several hours, logs and shapes are one measurement', async (context) => {
  const writes = [times({}, 1, 2, 3), times({}, 4, 5), times({ text: 'select ?, ?' }, 6, 7)];
  await check(context, writes, { match: 'shape', calls: 7, meanMs: 4, perRequest: null });
});

test('percentiles are within one in a hundred, and none is above the greatest time', async (context) => {
  const { store, evidence } = await testEvidence(context);
  const tallies = createTallies();
  for (let ms = 1; ms <= 1000; ms++) tallies.execution(FIRST, ms * 20_000, ms, 1);
  store.write(tallies.take(), null);
  const measured = evidence.measurements().get('a');
  for (const [key, truth] of [
    ['p50Ms', 500],
    ['p95Ms', 950],
    ['p99Ms', 990],
  ] as const) {
    const ms = measured?.[key] ?? 0;
    assert.ok(Math.abs(ms - truth) <= truth / 100, `${key} is ${ms}`);
  }
  assert.equal(measured?.calls, 1000);
});

test('what follows in a call and what several calls send are no executions of it', (context) =>
  check(context, [times({ part: 'further' }, 1), times({ site: null, match: 'ambiguous' }, 2)], null));

test('the surest that was not seen by tags alone is what the match says', (context) =>
  check(context, [times({ match: 'exact' }, 1), times({}, 2)], { match: 'shape', calls: 2 }));

test('what the application measured goes before what its database logged', (context) =>
  check(context, [times({}, 1, 1, 1), times({ part: 'call', match: 'exact', dialect: 'call' }, 9)], {
    ...{ match: 'exact', calls: 1, meanMs: 9 },
  }));

test('a label comes last', (context) =>
  check(context, [times({ part: 'call', match: 'label', dialect: 'name' }, 9), times({}, 1)], {
    match: 'shape',
    calls: 1,
  }));

test('of several exports of totals the newest counts, and percentiles are not known', (context) => {
  const totals = (count: number) => (into: Tallies) => {
    const subject: Subject = { ...FIRST, part: 'totals' };
    into.totals(subject, 0, { count, sumMs: count * 2, minMs: 1, maxMs: 4 });
    into.totals({ ...subject, text: 'select ?, ?' }, 0, { count: 1, sumMs: 2, minMs: 1, maxMs: 4 });
  };
  return check(context, [totals(10), totals(99)], { calls: 100, meanMs: 2, p50Ms: null, p99Ms: null });
});

test('weights are calls', (context) =>
  check(context, [(into) => into.execution({ ...FIRST, match: 'exact', part: 'call' }, 0, 5, 100)], {
    ...{ calls: 100, meanMs: 5 },
  }));

test('of calls whose request is known it is known how often a request makes them', (context) => {
  const call: Subject = { ...FIRST, match: 'exact', part: 'call' };
  const write =
    (...requests: readonly (string | null)[]) =>
    (into: Tallies) => {
      for (const id of requests) into.execution(call, 0, 5, 1, id === null ? null : { ...NO_ROUTE, id });
    };
  const sampled = (into: Tallies) => {
    for (let twice = 0; twice < 2; twice++) into.execution(call, 0, 5, 100, { ...NO_ROUTE, id: 'r9', weight: 100 });
  };
  return check(context, [write('r1', 'r1', 'r1', 'r2', null), write('r3', 'r3'), sampled], {
    calls: 207,
    perRequest: 2,
  });
});

test('nothing is known of a site that was not seen', (context) => check(context, [times({ site: 'b' }, 1)], null));
