import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BudgetGrounds, checkBudgets } from '#analyzer/budgets/checkBudgets.ts';
import type { Budgets } from '#shared/budgets.ts';
import type { Measurement } from '#shared/measurement.ts';
import type { ReportedQuery, ReportedRoute } from '#shared/report.ts';

const NONE: Budgets = { routes: {}, queries: {}, slowQueries: null, cacheHitRatio: null, errorRatio: null };

function route(
  name: string,
  p95Ms: number | null,
  mostCalls: number | null,
  formula: string | null = null,
): ReportedRoute {
  const answers = { requests: 9, meanMs: 10, p50Ms: null, p95Ms, p99Ms: null, maxMs: null, failed: null, lastSeen: 0 };
  const queries = {
    requests: 9,
    callsPerRequest: 1,
    mostCalls: mostCalls ?? 0,
    statementsPerRequest: null,
    msPerRequest: 1,
  };
  return {
    ...{ name, formula, letters: [], terms: [], file: 'src/app.ts', line: 1, column: 1 },
    measured: { answers: p95Ms === null ? null : answers, queries: mostCalls === null ? null : queries, sites: [] },
  };
}

function query(name: string, measured: Partial<Measurement> | null): ReportedQuery {
  const measurement: Measurement | null = measured && {
    ...{ match: 'exact', calls: 10, meanMs: 5, maxMs: 9, p50Ms: 4, p95Ms: 8, p99Ms: 9, perRequest: null },
    ...{ perHour: 10, lastSeen: 0 },
    ...measured,
  };
  return {
    ...{ id: name, name, symbol: '', routes: [], totalMs: null, former: null, findings: [], measurement },
    ...{ file: 'src/q.ts', line: 7, column: 1 },
  };
}

const GROUNDS: BudgetGrounds = {
  routes: [
    route('GET /api/orders', 600, 12),
    route('GET /api/users/:id', 90, null, 'up to 3'),
    route('POST /api/x', null, null, '1 + N'),
  ],
  queries: [
    query('Order.findMany', { p95Ms: 250, perRequest: 12 }),
    query('Order.count', {}),
    query('User.findMany', null),
  ],
  ratios: [{ ratio: 'cache-hits', value: 0.7, at: 0 }],
  slowInAnHour: (overMs) => (overMs === 1000 ? 6 : 0),
};

/** `state subject measure value/limit` of each, in order. */
function check(name: string, budgets: Partial<Budgets>, expected: readonly string[], grounds = GROUNDS): void {
  test(name, () => {
    const results = checkBudgets({ ...NONE, ...budgets }, grounds);
    assert.deepEqual(
      results.map(({ state, subject, measure, value, limit }) => `${state} ${subject} ${measure} ${value}/${limit}`),
      expected,
    );
  });
}

describe('budgets', () => {
  check('promise nothing by themselves', {}, []);
  check('of one route', { routes: { 'GET /api/orders': { p95Ms: 500 } } }, ['crossed GET /api/orders p95Ms 600/500']);
  check('are held up to the limit', { routes: { 'GET /api/orders': { p95Ms: 600 } } }, [
    'held GET /api/orders p95Ms 600/600',
  ]);
  check('of all routes, crossed ones first', { routes: { '*': { p95Ms: 500 } } }, [
    'crossed GET /api/orders p95Ms 600/500',
    'held GET /api/users/:id p95Ms 90/500',
  ]);
  check('of some routes', { routes: { 'GET /api/users/*': { p95Ms: 50 } } }, [
    'crossed GET /api/users/:id p95Ms 90/50',
  ]);
  check('the closest of several counts', { routes: { '*': { meanMs: 5 }, 'GET /api/orders': { meanMs: 100 } } }, [
    'crossed GET /api/users/:id meanMs 10/5',
    'held GET /api/orders meanMs 10/100',
  ]);
  check(
    'closest is what leaves less open, measure by measure',
    { routes: { '*': { meanMs: 5, p95Ms: 1000 }, 'GET /api/*': { meanMs: 7 }, 'GET /api/o*': { meanMs: 20 } } },
    [
      'crossed GET /api/users/:id meanMs 10/7',
      'unknown * meanMs null/5',
      'held GET /api/orders meanMs 10/20',
      'held GET /api/orders p95Ms 600/1000',
      'held GET /api/users/:id p95Ms 90/1000',
    ],
  );
  check(
    'what closer ones leave nothing to is not said to be unknown',
    { queries: { 'User.*': { p95Ms: 5 }, 'User.findMany': { p95Ms: 9 } } },
    ['unknown User.findMany p95Ms null/9'],
  );
  check('of queries in one request, as counted or as written', { routes: { '*': { queries: 10 } } }, [
    'crossed GET /api/orders queries 12/10',
    'held GET /api/users/:id queries 3/10',
  ]);
  check(
    'of what nothing is known of are neither kept nor broken',
    { routes: { 'POST /api/x': { queries: 10, p95Ms: 1 } } },
    ['unknown POST /api/x p95Ms null/1', 'unknown POST /api/x queries null/10'],
  );
  check('of what is not there neither', { routes: { 'GET /gone': { p95Ms: 1 } } }, ['unknown GET /gone p95Ms null/1']);
  check('of queries', { queries: { 'Order.*': { p95Ms: 100 }, '*.findMany': { perRequest: 10 } } }, [
    'crossed Order.findMany p95Ms 250/100',
    'crossed Order.findMany perRequest 12/10',
    'held Order.count p95Ms 8/100',
  ]);
  check('of slow queries in an hour', { slowQueries: { overMs: 1000, perHour: 5 } }, [
    'crossed queries over 1000 ms slowQueriesPerHour 6/5',
  ]);
  check('of a share that is to be great', { cacheHitRatio: 0.8 }, ['crossed cache cacheHitRatio 0.7/0.8']);
  check('of a share that is to be small, and is not told', { errorRatio: 0.01 }, [
    'unknown requests errorRatio null/0.01',
  ]);
  check('a point is a point', { queries: { Orderxcount: { p95Ms: 1 } } }, ['unknown Orderxcount p95Ms null/1']);
});
