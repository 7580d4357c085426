import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routeName } from '#bridge/ingest/routeName.ts';

test('patterns and plain words stay, whatever else is in a path does not', () => {
  const names: Readonly<Record<string, string | null>> = {
    'GET /api/orders': 'GET /api/orders',
    'GET /api/v1/orders/:id?': 'GET /api/v1/orders/:id?',
    'GET /(shop)/[...slug]/{id}/*': 'GET /(shop)/[...slug]/{id}/*',
    'Query.orders': 'Query.orders',
    'job mailDigest': 'job mailDigest',
    '/': '/',
    'GET /orders/17': 'GET /orders/:value',
    'GET /users/ada@example.org/orders': 'GET /users/:value/orders',
    'GET /orders?token=secret#there': 'GET /orders',
    'GET https://shop.example:8080/orders': 'GET /orders',
    'GET /files/3f2504e0-4f89-11d3-9a0c-0305e82c3301': 'GET /files/:value',
    'GET /o/cjld2cyuq0000t3rmniod1foy/x': 'GET /o/:value/x',
    'GET /a%20b/deadbeefcafe': 'GET /:value/:value',
    'GET /orders and what somebody typed': 'GET /orders',
    '  ': null,
    [`/${'a/'.repeat(150)}`]: null,
  };
  assert.deepEqual(Object.fromEntries(Object.keys(names).map((told) => [told, routeName(told)])), names);
});
