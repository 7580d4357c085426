import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CountedRoute, queriesPerRequest } from '#analyzer/measured/countedRoutes.ts';

describe('queries of one request, as they were counted', () => {
  const counted = (route: string, executions: number, source: CountedRoute['source'] = 'call'): CountedRoute => ({
    ...{ route, source, requests: 2, executions },
  });
  const check = (given: readonly CountedRoute[], route: string, expected: number | null): void =>
    assert.equal(queriesPerRequest(given)(route), expected);

  test('by the name of the route', () => check([counted('GET /orders', 76)], 'GET /orders', 38));
  test('of another route nothing is known', () => check([counted('GET /orders', 76)], 'POST /orders', null));
  test('however a framework writes what changes in a path', () => {
    for (const route of ['GET /orders/[id]/items', 'GET /orders/{id}/items', 'get /orders/$id/items/'])
      check([counted('GET /orders/:orderId/items', 76)], route, 38);
  });
  test('what the application saw goes before what traces tell', () =>
    check([counted('GET /orders', 90, 'statement'), counted('GET /orders', 76)], 'GET /orders', 38));
  test('a path of its own is no parameter', () => check([counted('GET /orders/:id', 76)], 'GET /orders/latest', null));
});
