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
import {
  addAttribute,
  bytesField,
  eachField,
  eachMessage,
  fixed64Field,
  numberField,
  packedField,
  textField,
} from './protobufFields.ts';

/** Like `metricsOf`, of an ExportMetricsServiceRequest in protobuf's binary form. */
export function metricsOfProtobuf(bytes: Uint8Array): readonly (RouteSample | RatioSample)[] | null {
  try {
    const points: DurationPoint[] = [];
    eachMessage(bytes, 1, (resource) => points.push(...ofResource(resource)));
    return toldBy(points);
  } catch {
    return null;
  }
}

function ofResource(bytes: Uint8Array): readonly DurationPoint[] {
  const about = new Map<string, string | number>();
  eachMessage(bytes, 1, (resource) =>
    eachMessage(resource, 1, (attribute) => addAttribute(attribute, about, (key) => PROCESS_ATTRIBUTES.includes(key))),
  );
  const process = processOf(about);
  const points: DurationPoint[] = [];
  eachMessage(bytes, 2, (scope) => eachMessage(scope, 2, (metric) => points.push(...ofMetric(metric, process))));
  return points;
}

function ofMetric(bytes: Uint8Array, process: string | null): readonly DurationPoint[] {
  let [name, unit, temporality] = ['', '', 0];
  const found: Uint8Array[] = [];
  eachField(bytes, {
    1: textField((text) => {
      name = text;
    }),
    3: textField((text) => {
      unit = text;
    }),
    9: bytesField((histogram) =>
      eachField(histogram, {
        1: bytesField((point) => found.push(point)),
        2: numberField('varint', (told) => {
          temporality = told;
        }),
      }),
    ),
  });
  if (!DURATION_METRIC.test(name) || temporality !== CUMULATIVE) return [];
  return found.map((point) => pointOf(point, unit, process));
}

function pointOf(bytes: Uint8Array, unit: string, process: string | null): DurationPoint {
  const attributes = new Map<string, string | number>();
  let [count, sum] = [0, 0];
  let [counts, bounds]: [readonly number[], readonly number[]] = [[], []];
  eachField(bytes, {
    4: fixed64Field((value) => {
      count = Number(value);
    }),
    5: numberField('double', (value) => {
      sum = value;
    }),
    6: packedField('fixed64', (values) => {
      counts = values;
    }),
    7: packedField('double', (values) => {
      bounds = values;
    }),
    9: bytesField((attribute) => addAttribute(attribute, attributes, (key) => POINT_ATTRIBUTES.includes(key))),
  });
  return { unit, process, attributes, count, sum, counts, bounds };
}
