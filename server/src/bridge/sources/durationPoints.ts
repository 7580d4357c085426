import type { RatioSample, RouteSample } from '../sample.ts';
import type { MetricSample } from './prometheusLine.ts';
import { ratiosOf } from './prometheusRatios.ts';
import { routesOf } from './prometheusRoutes.ts';

/** A histogram of one route, status and process since the process began. */
export interface DurationPoint {
  readonly unit: string;
  readonly attributes: ReadonlyMap<string, string | number>;
  readonly process: string | null;
  readonly count: number;
  readonly sum: number;
  /** One more than bounds: the last is of what is above them all. */
  readonly counts: readonly number[];
  readonly bounds: readonly number[];
}

/** How instrumentations of HTTP call the metric, and called it before. */
export const DURATION_METRIC = /^http\.server\.(?:request\.)?duration$/;
/** The only kind that is read: of counts since the last export nobody could tell which were counted before. */
export const CUMULATIVE = 2;

/** The same as a page of Prometheus would say. */
export function toldBy(points: readonly DurationPoint[]): readonly (RouteSample | RatioSample)[] {
  const samples = points.flatMap(samplesOf);
  return [...routesOf(samples, new Map()), ...ratiosOf(samples)];
}

function samplesOf({ unit, attributes, process, count, sum, counts, bounds }: DurationPoint): readonly MetricSample[] {
  const name = `http_request_duration_${unit === 'ms' ? 'ms' : 'seconds'}`;
  const labels = new Map([...attributes].map(([key, value]) => [key.replaceAll('.', '_'), String(value)]));
  if (process !== null) labels.set('instance', process);
  let below = 0;
  const buckets = counts.map((one, at) => {
    below += one;
    return { name: `${name}_bucket`, labels: new Map([...labels, ['le', String(bounds[at] ?? '+Inf')]]), value: below };
  });
  return [...buckets, { name: `${name}_sum`, labels, value: sum }, { name: `${name}_count`, labels, value: count }];
}

/** What is looked at of a point, and of the resource it is of; the rest may hold anything. */
export const POINT_ATTRIBUTES: readonly string[] = [
  ...['http.route', 'http.request.method', 'http.method', 'http.response.status_code', 'http.status_code'],
];
export const PROCESS_ATTRIBUTES: readonly string[] = ['service.instance.id', 'host.name', 'process.pid'];

/** Tells processes apart that count for themselves; null where nothing does. */
export function processOf(attributes: ReadonlyMap<string, string | number>): string | null {
  const told = PROCESS_ATTRIBUTES.flatMap((name) => attributes.get(name) ?? []);
  return told.length === 0 ? null : told.join(' ');
}
