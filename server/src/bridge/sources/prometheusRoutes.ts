import { createHash } from 'node:crypto';
import { routeName } from '../ingest/routeName.ts';
import type { RouteSample } from '../sample.ts';
import { isFailure, labelOf, METHOD_LABELS, PROCESS_LABELS, ROUTE_LABELS, sumOf } from './prometheusLabels.ts';
import type { MetricSample } from './prometheusLine.ts';
import { type Bucket, quantileOf } from './quantiles.ts';

/** How long requests took, by route, from histograms and summaries; `units` are what OpenMetrics says of a family. */
export function routesOf(samples: readonly MetricSample[], units: ReadonlyMap<string, string>): readonly RouteSample[] {
  const families = Map.groupBy(samples, ({ name }) => name.replace(PART, ''));
  const counted = new Set(samples.flatMap(({ name }) => (name.endsWith('_count') ? [name.replace(PART, '')] : [])));
  const [family] = [...counted].filter((name) => DURATION.test(name) && !OF_OTHERS.test(name)).sort(byLength);
  if (family === undefined) return [];
  const perMs = millisecondsIn(family, units.get(family));
  const failures = failuresOf(samples);
  const routes = Map.groupBy(families.get(family) ?? [], routeKey);
  return [...routes].flatMap(([key, parts]) => routeOf(key, parts, family, perMs, failures) ?? []);
}

const PART = /_(?:bucket|sum|count|max|created)$/;
/** `http_request_duration_seconds`, `http_server_requests_seconds`, `myapp_api_request_latency_ms`, `response_time_seconds`. */
const DURATION =
  /(?:^|_)(?:http|https|api|request|requests|response|route|handler|server)_?(?:\w+_)?(?:duration|latency|time|requests)(?:_(?:seconds|milliseconds|microseconds|ms|us|s))?$/;
/** Requests an application makes itself, and what is no time. */
const OF_OTHERS =
  /client|outgoing|outbound|upstream|fetch|queue|wait|(?:^|_)(?:db|redis|sql|query|gc|process|build)_|(?:_requests|start_time\w*)$/;

/** Where several families tell the same, the plainest name. */
function byLength(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ seconds: 1000, s: 1000, milliseconds: 1, ms: 1, microseconds: 0.001, us: 0.001 },
};

/** By the end of its name, as is the custom; without one it is seconds. */
function millisecondsIn(family: string, unit: string | undefined): number {
  return UNITS[unit ?? ''] ?? UNITS[/[a-z]+$/.exec(family)?.[0] ?? ''] ?? 1000;
}

/** Route and process; what else a label tells apart is added together. */
function routeKey(sample: MetricSample): string {
  const { labels } = sample;
  const told = [labelOf(sample, METHOD_LABELS)?.toUpperCase(), labelOf(sample, ROUTE_LABELS)].filter(Boolean).join(' ');
  const process = PROCESS_LABELS.flatMap((name) => (labels.has(name) ? [`${name}=${labels.get(name)}`] : []));
  const hash =
    process.length === 0 ? '' : createHash('sha256').update(process.join('\0')).digest('base64url').slice(0, 12);
  return [routeName(told === '' ? EVERY_ROUTE : told) ?? EVERY_ROUTE, hash].join('\0');
}

/** Stands for a metric that tells no routes apart. */
const EVERY_ROUTE = '*';

const REQUESTS_TOTAL = /(?:^|_)(?:http|https|api|server|http_server)_?requests?(?:_total|_count)?$/;

/** By {@link routeKey}, from a counter of requests by status. */
function failuresOf(samples: readonly MetricSample[]): ReadonlyMap<string, number> {
  const counted = samples.filter((sample) => REQUESTS_TOTAL.test(sample.name) && isFailure(sample) !== null);
  const routes = Map.groupBy(counted, routeKey);
  return new Map([...routes].map(([key, parts]) => [key, sumOf(parts.filter(isFailure))]));
}

function routeOf(
  key: string,
  parts: readonly MetricSample[],
  family: string,
  perMs: number,
  failures: ReadonlyMap<string, number>,
): RouteSample | null {
  const [route = '', process = ''] = key.split('\0');
  const named = (part: string) => parts.filter(({ name }) => name === `${family}${part}`);
  const counts = named('_count');
  const requests = sumOf(counts);
  if (!(requests > 0)) return null;
  const percentile = percentilesOf(named('_bucket'), named(''), counts, perMs);
  const byStatus = counts.some((sample) => isFailure(sample) !== null);
  return {
    ...{ kind: 'route', at: null, route, requests, totalMs: sumOf(named('_sum')) * perMs },
    ...{ p50Ms: percentile(0.5), p95Ms: percentile(0.95), p99Ms: percentile(0.99) },
    maxMs: largest(named('_max'), perMs),
    failed: byStatus ? sumOf(counts.filter(isFailure)) : (failures.get(key) ?? null),
    ...(process !== '' && { process }),
  };
}

function percentilesOf(
  buckets: readonly MetricSample[],
  quantiles: readonly MetricSample[],
  counts: readonly MetricSample[],
  perMs: number,
): (q: number) => number | null {
  if (buckets.length > 0) {
    const together = bucketsOf(buckets);
    return (q) => scaled(quantileOf(together, q), perMs);
  }
  const most = counts.reduce((a, b) => (b.value > a.value ? b : a));
  // Quantiles cannot be added: those of nearly all requests stand for all.
  if (most.value < MOST_OF_ALL * sumOf(counts)) return () => null;
  const own = quantiles.filter(({ labels }) => [...most.labels].every(([name, value]) => labels.get(name) === value));
  return (q) => scaled(own.find(({ labels }) => Number(labels.get('quantile')) === q)?.value ?? null, perMs);
}

const MOST_OF_ALL = 0.95;

function bucketsOf(samples: readonly MetricSample[]): readonly Bucket[] {
  const counts = new Map<number, number>();
  for (const { labels, value } of samples) {
    const upTo = Number((labels.get('le') ?? '').replace(/^\+?Inf$/i, 'Infinity'));
    if (!Number.isNaN(upTo)) counts.set(upTo, (counts.get(upTo) ?? 0) + value);
  }
  return [...counts].map(([upTo, count]) => ({ upTo, count }));
}

function scaled(value: number | null, perMs: number): number | null {
  return value === null || !Number.isFinite(value) ? null : value * perMs;
}

function largest(samples: readonly MetricSample[], perMs: number): number | null {
  return samples.length === 0 ? null : scaled(Math.max(...samples.map(({ value }) => value)), perMs);
}
