import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumRequests } from '#bridge/store/requestTable.ts';
import { retain } from '#bridge/store/retention.ts';
import { createTallies, type Subject, type Tallies } from '#bridge/store/tally.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import { FIRST, testEvidence } from '../support/testStore.ts';

const CALL: Subject = { ...FIRST, dialect: 'call', text: 'Post.findMany', match: 'exact', part: 'call' };
const DAY_MS = 86_400_000;
const LIST = 'GET /posts';

interface Made {
  readonly site?: string | null;
  readonly request: string;
  readonly route?: string;
  readonly ms?: number;
  readonly at?: number;
  readonly statements?: number;
  readonly weight?: number;
}

function make(into: Tallies, made: readonly Made[], subject: Subject = CALL): void {
  for (const { site = 'a', request, route = null, ms = 1, at = 0, statements = null, weight = 1 } of made)
    into.execution({ ...subject, site }, at, ms, weight, { id: request, route, statements, weight });
}

async function evidenceOf(
  context: Parameters<typeof testEvidence>[0],
  writes: readonly (readonly Made[])[],
  subject: Subject = CALL,
) {
  const { store, evidence } = await testEvidence(context);
  for (const made of writes) {
    const tallies = createTallies();
    make(tallies, made, subject);
    store.write(tallies.take(), null);
  }
  return { store, evidence };
}

test('a request that goes on in later writes counts once', async (context) => {
  const { evidence } = await evidenceOf(context, [
    [{ request: 'r1' }, { request: 'r1' }, { request: 'r2' }],
    [{ request: 'r1' }, { request: 'r3' }],
    [{ request: 'r1', at: DAY_MS }],
  ]);
  assert.equal(evidence.measurements().get('a')?.perRequest, 2);
  assert.deepEqual(evidence.detail('a')?.perRequest, { mean: 2, most: 4 });
});

test('executions of traces count by request as those of the probe do', async (context) => {
  const { evidence } = await evidenceOf(context, [[{ request: 'r1' }, { request: 'r1' }], [{ request: 'r1' }]], FIRST);
  assert.deepEqual(evidence.detail('a')?.perRequest, { mean: 3, most: 3 });
});

test('a route has the queries of its requests, and the calls that make them', async (context) => {
  const { evidence } = await evidenceOf(context, [
    [
      { request: 'r1', route: LIST, site: 'list', ms: 10, statements: 2 },
      ...Array.from({ length: 8 }, () => ({ request: 'r1', route: LIST, site: 'author', ms: 4, statements: 1 })),
      { request: 'r2', route: LIST, site: 'list', ms: 20, statements: 2 },
      { request: 'r2', route: LIST, site: null, ms: 6, statements: 0 },
      { request: 'r3', route: 'POST /posts', site: 'list', ms: 1, statements: 1 },
    ],
  ]);
  const [list, post, ...others] = evidence.routeFigures();
  assert.deepEqual(others, []);
  assert.deepEqual(list, {
    route: LIST,
    answers: null,
    queries: {
      ...{ requests: 2, callsPerRequest: 5.5, mostCalls: 9, statementsPerRequest: 6, msPerRequest: 34 },
    },
    sites: [
      { site: 'author', requests: 1, perRequest: 8, most: 8, msPerRequest: 16 },
      { site: 'list', requests: 2, perRequest: 1, most: 1, msPerRequest: 15 },
    ],
  });
  assert.equal(post?.queries?.callsPerRequest, 1);
});

test('of a route that only traces tell of it is known by its statements', async (context) => {
  const { store, evidence } = await testEvidence(context);
  const tallies = createTallies();
  const list = { request: 't1', route: LIST, site: 'list', ms: 3 };
  make(tallies, [list, { ...list, request: 't2' }], FIRST);
  make(tallies, [list, list, { ...list, request: 't2' }], { ...FIRST, part: 'further' });
  store.write(tallies.take(), null);
  const told = () => evidence.routeFigures()[0];
  assert.deepEqual(told(), {
    ...{ route: LIST, answers: null },
    queries: { requests: 2, callsPerRequest: 1, mostCalls: 1, statementsPerRequest: 2.5, msPerRequest: 7.5 },
    sites: [{ site: 'list', requests: 2, perRequest: 1, most: 1, msPerRequest: 7.5 }],
  });
  make(tallies, [{ ...list, request: 'p1', ms: 5, statements: 2 }]);
  store.write(tallies.take(), null);
  assert.equal(told()?.queries?.requests, 1);
  assert.deepEqual(
    told()?.sites.map(({ msPerRequest }) => msPerRequest),
    [5],
  );
});

test('a request that stands for others counts as all of them, in later writes too', async (context) => {
  const sampled = { route: LIST, site: 'list', statements: 1, weight: 10 };
  const { evidence } = await evidenceOf(context, [
    [
      { ...sampled, request: 'r1' },
      { ...sampled, request: 'r2', weight: 1 },
    ],
    [{ ...sampled, request: 'r1' }],
  ]);
  const [list] = evidence.routeFigures();
  assert.equal(list?.queries?.requests, 11);
  assert.deepEqual(list?.sites[0], { site: 'list', requests: 11, perRequest: 1.909, most: 2, msPerRequest: 1.909 });
  assert.equal(evidence.measurements().get('list')?.calls, 21);
});

test('a route that is told late is that of the whole request', async (context) => {
  const { evidence } = await evidenceOf(context, [
    [{ request: 'r1', site: 'session' }],
    [{ request: 'r1', site: 'list', route: LIST }],
  ]);
  const [list] = evidence.routeFigures();
  assert.deepEqual(
    list?.sites.map(({ site }) => site),
    ['list', 'session'],
  );
  assert.equal(list?.queries?.callsPerRequest, 2);
  assert.equal(evidence.measurements().get('session')?.perRequest, 1);
});

test('what is kept of requests under way has a bound, and their names are not kept', async (context) => {
  const made = Array.from({ length: 12_000 }, (_, index) => ({ request: `canary${index}`, route: LIST }));
  const { store, evidence } = await evidenceOf(context, [made.slice(0, 7000), made.slice(7000), made.slice(-2000)]);
  assert.equal(store.database.prepare('SELECT count(*) FROM requests').pluck().get(), 5000);
  assert.deepEqual(evidence.detail('a')?.perRequest, { mean: 1.167, most: 2 });
  assert.ok(!store.database.serialize().includes('canary'));
});

test('the sums of all calls are those of their days and routes, whatever goes on late or is dropped', async (context) => {
  const random = seededRandom(5);
  const { store } = await testEvidence(context);
  for (let write = 0; write < 30; write++) {
    const tallies = createTallies();
    const made = Array.from({ length: 40 }, (): Made => {
      const route = random.below(3) === 0 ? {} : { route: `GET /${'abc'[random.below(3)]}` };
      const request = `r${write + random.below(4)}`;
      return { site: `s${random.below(5)}`, request, at: write * 0.3 * DAY_MS, ...route };
    });
    make(tallies, made);
    store.write(tallies.take(), null);
    if (write % 9 === 8) retain(store, write * 0.3 * DAY_MS, { days: 3, bytes: 1e12 });
  }
  const sums = () => store.database.prepare('SELECT * FROM request_sums WHERE requests > 0 ORDER BY site').all();
  const kept = sums();
  sumRequests(store.database);
  assert.deepEqual(kept, sums());
  assert.equal(kept.length, 5);
});
