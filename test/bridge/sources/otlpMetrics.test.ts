import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { metricsOf } from '#bridge/sources/otlpMetrics.ts';
import { metricsOfProtobuf } from '#bridge/sources/otlpMetricsProtobuf.ts';
import { jsonMetrics, type MadeHistogram, protobufMetrics } from './support/otlpMetricsExport.ts';

const FAST: MadeHistogram = {
  attributes: {
    'http.request.method': 'GET',
    'http.route': '/a/:id',
    'http.response.status_code': 200,
    'user.name': 'canary',
  },
  ...{ sum: 4.5, counts: [10, 8, 2, 0], bounds: [0.1, 0.5, 1] },
};
const FAILED: MadeHistogram = {
  attributes: { ...FAST.attributes, 'http.response.status_code': 503 },
  ...{ sum: 5, counts: [0, 0, 0, 5], bounds: [0.1, 0.5, 1] },
};
const BEFORE: MadeHistogram = {
  attributes: { 'http.method': 'POST', 'http.route': '/b', 'http.status_code': 201 },
  ...{ name: 'http.server.duration', unit: 'ms', process: 'p2', sum: 30, counts: [1, 1], bounds: [10] },
};

function check(histograms: readonly MadeHistogram[], expected: readonly (readonly unknown[])[]): void {
  const told = metricsOf(JSON.parse(jsonMetrics(...histograms)));
  assert.deepEqual(metricsOfProtobuf(protobufMetrics(...histograms)), told);
  assert.doesNotMatch(JSON.stringify(told), /canary|p1|p2/);
  const routes = told?.flatMap((one) => (one.kind === 'route' ? [one] : [])) ?? [];
  assert.deepEqual(
    routes.map(({ route, requests, totalMs, p50Ms, p99Ms, failed }) => [
      route,
      requests,
      totalMs,
      p50Ms,
      p99Ms,
      failed,
    ]),
    expected,
  );
}

describe('metrics as OTLP', () => {
  test('tell how long requests of a route took, in JSON and in protobuf', () => {
    check([FAST, FAILED], [['GET /a/:id', 25, 9500, 225, 1000, 5]]);
    check([BEFORE], [['POST /b', 2, 30, 10, 10, 0]]);
  });

  test('tell nothing of other metrics, or of counts since the last export', () => {
    check([{ ...FAST, name: 'http.client.request.duration' }], []);
    check([{ ...FAST, temporality: 1 }], []);
    check([], []);
  });

  test('of two processes are two', () => {
    const told = metricsOf(JSON.parse(jsonMetrics(FAST, { ...FAST, process: 'p2' }))) ?? [];
    assert.equal(new Set(told.flatMap((one) => (one.kind === 'route' ? [one.process] : []))).size, 2);
  });

  test('that are damaged are none, or lack what was damaged', () => {
    const bytes = protobufMetrics(FAST, BEFORE);
    for (let at = 1; at < bytes.length; at++) {
      assert.doesNotThrow(() => metricsOfProtobuf(bytes.subarray(0, at)));
      for (const bit of [1, 8, 64, 255])
        assert.doesNotThrow(() => metricsOfProtobuf(bytes.map((byte, index) => (index === at ? byte ^ bit : byte))));
    }
    assert.equal(metricsOf({ resourceSpans: [] }), null);
    for (const broken of [
      { resourceMetrics: [7, { scopeMetrics: [{ metrics: [{ name: 'http.server.duration', histogram: 5 }] }] }] },
    ])
      assert.deepEqual(metricsOf(broken), []);
  });
});
