import { isObject } from '#shared/jsonObject.ts';
import type { RatioSample, RouteSample } from '../sample.ts';
import {
  CUMULATIVE,
  DURATION_METRIC,
  type DurationPoint,
  POINT_ATTRIBUTES,
  PROCESS_ATTRIBUTES,
  processOf,
  toldBy,
} from './durationPoints.ts';
import { numberOf, textOf } from './jsonLines.ts';

/** How long requests took, of an export of metrics in OTLP's JSON; null for what is none. Other metrics say nothing of queries. */
export function metricsOf(value: unknown): readonly (RouteSample | RatioSample)[] | null {
  const resources = isObject(value) ? value.resourceMetrics : null;
  return Array.isArray(resources) ? toldBy(resources.flatMap(ofResource)) : null;
}

function ofResource(resource: unknown): readonly DurationPoint[] {
  if (!isObject(resource)) return [];
  const process = processOf(
    attributesOf(isObject(resource.resource) ? resource.resource.attributes : null, PROCESS_ATTRIBUTES),
  );
  const metrics = listOf(resource.scopeMetrics).flatMap((scope) => (isObject(scope) ? listOf(scope.metrics) : []));
  return metrics.flatMap((metric) => {
    if (!isObject(metric) || !DURATION_METRIC.test(textOf(metric.name) ?? '') || !isObject(metric.histogram)) return [];
    const temporality = metric.histogram.aggregationTemporality;
    if (temporality !== CUMULATIVE && temporality !== 'AGGREGATION_TEMPORALITY_CUMULATIVE') return [];
    const unit = textOf(metric.unit) ?? '';
    return listOf(metric.histogram.dataPoints).flatMap((point) =>
      isObject(point) ? [pointOf(point, unit, process)] : [],
    );
  });
}

function pointOf(point: Readonly<Record<string, unknown>>, unit: string, process: string | null): DurationPoint {
  return {
    ...{ unit, process, attributes: attributesOf(point.attributes, POINT_ATTRIBUTES) },
    ...{ count: numberOf(point.count) ?? 0, sum: numberOf(point.sum) ?? 0 },
    counts: listOf(point.bucketCounts).map((count) => numberOf(count) ?? 0),
    bounds: listOf(point.explicitBounds).map((bound) => numberOf(bound) ?? 0),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function attributesOf(list: unknown, kept: readonly string[]): ReadonlyMap<string, string | number> {
  const known = new Map<string, string | number>();
  for (const attribute of listOf(list)) {
    if (!isObject(attribute) || !isObject(attribute.value)) continue;
    const value = textOf(attribute.value.stringValue) ?? numberOf(attribute.value.intValue);
    if (value !== null && kept.includes(String(attribute.key))) known.set(String(attribute.key), value);
  }
  return known;
}
