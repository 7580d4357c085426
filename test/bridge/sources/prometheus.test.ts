import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RatioSample, RouteSample } from '#bridge/sample.ts';
import { prometheus } from '#bridge/sources/prometheus.ts';
import { quantileOf } from '#bridge/sources/quantiles.ts';
import { read } from './support/read.ts';

const NO_TIMES = { p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null };
const route = (route: string, requests: number, totalMs: number, more: Partial<RouteSample> = {}): RouteSample => ({
  ...{ kind: 'route', at: null, route, requests, totalMs, ...NO_TIMES, failed: null, ...more },
});
const ratio = (of: RatioSample['of'], value: number): RatioSample => ({ kind: 'ratio', at: null, of, value });

function check(text: string, expected: readonly (RouteSample | RatioSample)[]): void {
  const { samples, unreadable } = read(prometheus, text);
  assert.deepEqual([rounded(samples), unreadable], [expected, []]);
}

/** Sums of floating numbers. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'number' ? Number(part.toFixed(6)) : part));
}

const histogram = (name: string, labels: string, counts: Readonly<Record<string, number>>, sum: number) =>
  [
    ...Object.entries(counts).map(([le, count]) => `${name}_bucket{le="${le}"${labels && `,${labels}`}} ${count}`),
    `${name}_sum{${labels}} ${sum}`,
    `${name}_count{${labels}} ${Math.max(...Object.values(counts))}`,
  ].join('\n');

describe('metrics of an application', () => {
  test('tell each route by its histogram', () =>
    check(
      `# HELP http_request_duration_seconds How long requests took.
# TYPE http_request_duration_seconds histogram
${histogram('http_request_duration_seconds', 'method="GET",route="/api/orders/:id",status_code="200"', { 0.1: 50, 0.5: 90, 1: 90, '+Inf': 90 }, 18)}
${histogram('http_request_duration_seconds', 'method="GET",route="/api/orders/:id",status_code="500"', { 0.1: 0, 0.5: 0, 1: 9, '+Inf': 10 }, 9)}
${histogram('http_request_duration_seconds', 'method="post",route="/api/orders",status_code="201"', { 0.1: 1, '+Inf': 1 }, 0.05)}
# TYPE process_start_time_seconds gauge
process_start_time_seconds 1795220655
# TYPE http_client_request_duration_seconds histogram
http_client_request_duration_seconds_count{route="/x"} 3
`,
      [
        route('GET /api/orders/:id', 100, 27_000, { p50Ms: 100, p95Ms: 777.777778, p99Ms: 1000, failed: 10 }),
        route('POST /api/orders', 1, 50, { p50Ms: 50, p95Ms: 95, p99Ms: 99, failed: 0 }),
        ratio('errors', 0.09901),
      ],
    ));

  test('tell each route by its summary, unless its parts cannot be put together', () =>
    check(
      `# TYPE http_request_duration_ms summary
http_request_duration_ms{path="/a",quantile="0.5"} 12.5
http_request_duration_ms{path="/a",quantile="0.95"} 80
http_request_duration_ms{path="/a",quantile="0.99"} NaN
http_request_duration_ms_sum{path="/a"} 1500
http_request_duration_ms_count{path="/a"} 100
http_request_duration_ms{path="/b",code="200",quantile="0.5"} 1
http_request_duration_ms_sum{path="/b",code="200"} 60
http_request_duration_ms_count{path="/b",code="200"} 60
http_request_duration_ms_sum{path="/b",code="503"} 40
http_request_duration_ms_count{path="/b",code="503"} 40
`,
      [route('/a', 100, 1500, { p50Ms: 12.5, p95Ms: 80 }), route('/b', 100, 100, { failed: 40 }), ratio('errors', 0.4)],
    ));

  test('may tell no routes apart, and no percentiles', () =>
    check(
      `# HELP http_requests_total Requests.
# TYPE http_requests_total counter
http_requests_total 1200
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_sum 300.5
http_request_duration_seconds_count 1200
# TYPE cache_hit_rate gauge
cache_hit_rate 0.83
`,
      [route('*', 1200, 300_500), ratio('cache-hits', 0.83)],
    ));

  test('may be OpenMetrics, with exemplars, units and times', () =>
    check(
      `# TYPE http_server_request_duration histogram
# UNIT http_server_request_duration milliseconds
http_server_request_duration_bucket{http_request_method="GET",http_route="/a",le="10.0"} 1 1795220655.25 # {trace_id="5b8e"} 4.2 1795220655.1
http_server_request_duration_bucket{http_request_method="GET",http_route="/a",le="+Inf"} 2
http_server_request_duration_sum{http_request_method="GET",http_route="/a"} 3e1
http_server_request_duration_count{http_request_method="GET",http_route="/a"} 2
http_server_request_duration_created{http_request_method="GET",http_route="/a"} 1795220000
# EOF
`,
      [route('GET /a', 2, 30, { p50Ms: 10, p95Ms: 10, p99Ms: 10 })],
    ));

  test("may be Micrometer's", () =>
    check(
      `# TYPE http_server_requests_seconds summary
http_server_requests_seconds_count{method="GET",outcome="SUCCESS",status="200",uri="/a",} 3.0
http_server_requests_seconds_sum{method="GET",outcome="SUCCESS",status="200",uri="/a",} 0.6
http_server_requests_seconds_max{method="GET",outcome="SUCCESS",status="200",uri="/a",} 0.4
`,
      [route('GET /a', 3, 600, { maxMs: 400, failed: 0 }), ratio('errors', 0)],
    ));

  test('tell processes apart by a hash, and put together what is one route without its values', () => {
    const { samples } = read(
      prometheus,
      ['a:1', 'b:1']
        .flatMap((instance) =>
          [17, 18].flatMap((user) => [
            `http_request_duration_seconds_sum{instance="${instance}",path="/users/${user}"} 1`,
            `http_request_duration_seconds_count{instance="${instance}",path="/users/${user}"} 2`,
          ]),
        )
        .join('\n'),
    );
    const routes = samples.filter((sample) => sample.kind === 'route');
    assert.deepEqual(
      routes.map(({ requests, totalMs }) => [requests, totalMs]),
      [
        [4, 2000],
        [4, 2000],
      ],
    );
    assert.equal(new Set(routes.map(({ process }) => process)).size, 2);
    assert.doesNotMatch(JSON.stringify(samples), /17|18|a:1/);
  });

  test('may come several times in one file', () => {
    const page = (count: number) => `api_request_latency_ms_sum{endpoint="/a"} ${count * 5}
api_request_latency_ms_count{endpoint="/a"} ${count}
`;
    check(page(3) + page(8), [route('/a', 3, 15), route('/a', 8, 40)]);
  });

  const ratios: readonly (readonly [text: string, value: number])[] = [
    ['cache_hit_ratio 0.5', 0.5],
    ['redis_cache_hit_rate 87', 0.87],
    ['cache_hit_rate{cache="a"} 0.5\ncache_hit_rate{cache="b"} 1', 0.75],
    ['cache_hits_total{cache="a"} 30\ncache_misses_total{cache="a"} 10', 0.75],
    ['myapp_cache_requests_total{result="hit"} 9\nmyapp_cache_requests_total{result="miss"} 1', 0.9],
  ];
  for (const [text, value] of ratios)
    test(`tell how often caches hit: ${text.slice(0, 30)}`, () => check(text, [ratio('cache-hits', value)]));

  test('that are damaged are said, and the rest is read', () => {
    const { samples, unreadable } = read(
      prometheus,
      'cache_hit_rate 0.5\nhttp_request_duration_seconds_count{route="/a} 5\n<html>\nx{a="b" 5\ncache_hit_rate\n',
    );
    assert.deepEqual([samples.length, unreadable.length], [1, 4]);
    check('cache_hit_rate NaN\nhttp_request_duration_seconds_count{route="a\\"}\\\\ b"} 0', []);
  });

  test('are told from other files by their head', () => {
    assert.equal(prometheus.matches('# HELP a b\n# TYPE http_requests_total counter\n'), true);
    assert.equal(prometheus.matches('http_request_duration_seconds_sum 5\n'), true);
    assert.equal(prometheus.matches('# TYPE of log: query\nduration: 5 ms'), false);
  });
});

test('quantiles are linear within their bucket', () => {
  const buckets = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([upTo, count]) => ({ upTo, count }));
  const infinite = Number.POSITIVE_INFINITY;
  const cases: readonly (readonly [buckets: ReturnType<typeof buckets>, q: number, expected: number | null])[] = [
    [buckets([1, 10], [2, 20], [infinite, 20]), 0.5, 1],
    [buckets([1, 10], [2, 20], [infinite, 20]), 0.75, 1.5],
    [buckets([infinite, 20], [2, 20], [1, 0]), 0.25, 1.25],
    [buckets([1, 10], [2, 20], [infinite, 100]), 0.99, 2],
    [buckets([1, 10], [infinite, 10]), 0.95, 0.95],
    [buckets([infinite, 10]), 0.5, null],
    [buckets([1, 0], [infinite, 0]), 0.5, null],
    [buckets(), 0.5, null],
  ];
  for (const [of, q, expected] of cases) assert.equal(quantileOf(of, q), expected);
});
