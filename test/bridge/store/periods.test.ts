import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTallies, type Subject } from '#bridge/store/tally.ts';
import { HOUR_MS } from '#shared/hour.ts';
import { FIRST, testEvidence } from '../support/testStore.ts';

interface Ran extends Partial<Subject> {
  readonly hour: number;
  readonly ms: number;
  readonly times?: number;
  /** Its request; without one it is not known. */
  readonly request?: string;
}

async function periodsOf(context: TestContext, ran: readonly Ran[]) {
  const { store, evidence } = await testEvidence(context);
  const tallies = createTallies();
  for (const { hour, ms, times = 1, request, ...subject } of ran) {
    const of = request === undefined ? null : { id: request, route: 'GET /a', statements: null };
    for (let left = times; left > 0; left -= 1) tallies.execution({ ...FIRST, ...subject }, hour * HOUR_MS, ms, 1, of);
  }
  store.write(tallies.take(), null);
  const periods = evidence.periods(500);
  assert.ok(periods);
  return { store, evidence, periods };
}

const CALL = { dialect: 'call', part: 'call', match: 'exact' } as const;

test('each hour has what ran in it, of all calls together', async (context) => {
  const { periods } = await periodsOf(context, [
    { hour: 10, ms: 100, times: 2 },
    { hour: 10, ms: 600, site: 'b' },
    { hour: 12, ms: 5 },
  ]);
  const { step, points, deploys } = periods;
  assert.equal(step, 'hour');
  assert.deepEqual(
    points.map(({ p95Ms: _, ...point }) => point),
    [
      { from: 10 * HOUR_MS, executions: 3, totalMs: 800, maxMs: 600, slow: 1 },
      { from: 12 * HOUR_MS, executions: 1, totalMs: 5, maxMs: 5, slow: 0 },
    ],
  );
  assert.deepEqual(deploys, []);
});

test('what is of no call, follows in a call or has no time is left out', async (context) => {
  const { store, evidence } = await periodsOf(context, []);
  const tallies = createTallies();
  tallies.execution({ ...FIRST, site: null, match: 'unmatched' }, 0, 1, 1);
  tallies.execution({ ...FIRST, part: 'further' }, 0, 1, 1);
  tallies.totals({ ...FIRST, part: 'totals' }, 0, { count: 9, sumMs: 9, minMs: 1, maxMs: 1 });
  store.write(tallies.take(), null);
  assert.deepEqual(evidence.periods(500)?.points, []);
});

test('an hour that application and database tell of counts once, each hour by the surest', async (context) => {
  const { periods } = await periodsOf(context, [
    { hour: 1, ms: 7, times: 4 },
    { hour: 1, ms: 9, times: 4, ...CALL, deploy: 'v1', version: 'x' },
    { hour: 2, ms: 7, times: 3 },
  ]);
  assert.deepEqual(
    periods.points.map(({ executions, totalMs }) => [executions, totalMs]),
    [
      [4, 36],
      [3, 21],
    ],
  );
});

test('a long time goes by the day', async (context) => {
  const { periods } = await periodsOf(context, [
    { hour: 0, ms: 1 },
    { hour: 5, ms: 1 },
    { hour: 24 * 90, ms: 1 },
  ]);
  assert.equal(periods.step, 'day');
  assert.deepEqual(
    periods.points.map(({ from, executions }) => [from / HOUR_MS, executions]),
    [
      [0, 2],
      [24 * 90, 1],
    ],
  );
});

test('two deploys of one hour are told apart, with the queries of one request', async (context) => {
  const { periods } = await periodsOf(context, [
    { hour: 3, ms: 400, times: 6, ...CALL, deploy: 'v1', request: 'a' },
    { hour: 3, ms: 8, times: 2, ...CALL, deploy: 'v2', request: 'b' },
    { hour: 4, ms: 8, times: 1, ...CALL, deploy: 'v2', request: 'c' },
    { hour: 4, ms: 8, times: 1, ...CALL, site: 'b', request: 'd' },
  ]);
  assert.deepEqual(
    periods.deploys.map(({ name, firstSeen, lastSeen, executions, totalMs, callsPerRequest }) => {
      return { name, hours: [firstSeen / HOUR_MS, lastSeen / HOUR_MS], executions, totalMs, callsPerRequest };
    }),
    [
      { name: 'v1', hours: [3, 3], executions: 6, totalMs: 2400, callsPerRequest: 6 },
      { name: 'v2', hours: [3, 4], executions: 3, totalMs: 24, callsPerRequest: 1.5 },
      { name: null, hours: [4, 4], executions: 1, totalMs: 8, callsPerRequest: 1 },
    ],
  );
  assert.deepEqual(
    [...periods.queries].map(([id, under]) => [
      id,
      under.map(({ deploy, calls, meanMs, p95Ms, perRequest }) => [deploy, calls, meanMs, p95Ms, perRequest]),
    ]),
    [
      [
        'a',
        [
          ['v1', 6, 400, 400, 6],
          ['v2', 3, 8, 8, 1.5],
        ],
      ],
      ['b', []],
    ],
  );
});

test('names that can be none are not kept, nor more than there is use for', async (context) => {
  const names = ['a b', 'x'.repeat(65), "v'1", ...Array.from({ length: 520 }, (_, at) => `v${at}`)];
  const { store, periods } = await periodsOf(
    context,
    names.map((deploy) => ({ hour: 1, ms: 1, deploy })),
  );
  const kept = store.database.prepare<[], number>('SELECT count(*) FROM deploys').pluck().get();
  assert.equal(kept, 500);
  assert.equal(periods.points[0]?.executions, names.length);
  assert.equal(periods.deploys.length, 30);
});

test('a deploy is forgotten with the last of its executions', async (context) => {
  const { store } = await periodsOf(context, [{ hour: 1, ms: 1, deploy: 'v1' }]);
  const kept = store.database.prepare<[], string>('SELECT name FROM deploys').pluck();
  assert.deepEqual(kept.all(), ['v1']);
  store.clear();
  assert.deepEqual(kept.all(), []);
});
