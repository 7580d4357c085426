import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ALL_QUERIES, choicesOf, filteredQueries, type QueryFilter } from '#page/sections/queryFilter.ts';
import type { Measurement } from '#shared/measurement.ts';
import type { ReportedQuery } from '#shared/report.ts';

const MEASURED: Measurement = {
  ...{ match: 'exact', calls: 1, meanMs: 1, maxMs: 1, p50Ms: 1, p95Ms: 1, p99Ms: 1, perRequest: 1 },
  ...{ perHour: 1, lastSeen: 0 },
};
const query = (name: string, routes: readonly string[], measurement: Measurement | null): ReportedQuery => ({
  ...{ id: name, name, symbol: `on${name}`, file: 'src/orders.ts', line: 7, column: 1, routes },
  ...{ measurement, totalMs: null, former: null, findings: [] },
});
const QUERIES = [
  query('Order.findMany', ['GET /orders', 'GET /all'], MEASURED),
  query('Order.count', ['GET /orders'], null),
  query('User.findMany', [], MEASURED),
  query('$queryRaw', [], null),
];

describe('the filter of queries', () => {
  const check = (name: string, filter: Partial<QueryFilter>, expected: readonly string[]): void => {
    test(name, () => {
      const found = filteredQueries(QUERIES, { ...ALL_QUERIES, ...filter });
      assert.deepEqual(
        found.map(({ id }) => id),
        expected,
      );
    });
  };
  check('lets all through', {}, ['Order.findMany', 'Order.count', 'User.findMany', '$queryRaw']);
  check('by model', { model: 'Order' }, ['Order.findMany', 'Order.count']);
  check('by route', { route: 'GET /all' }, ['Order.findMany']);
  check('measured', { measured: 'measured' }, ['Order.findMany', 'User.findMany']);
  check('not measured', { measured: 'not measured' }, ['Order.count', '$queryRaw']);
  check('by all of them', { model: 'Order', measured: 'not measured', search: 'orders.ts:7' }, ['Order.count']);

  test('offers each model and route once', () => {
    assert.deepEqual(choicesOf(QUERIES), { models: ['Order', 'User'], routes: ['GET /all', 'GET /orders'] });
  });
});
