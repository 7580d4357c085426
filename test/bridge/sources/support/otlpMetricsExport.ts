import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** A histogram as a test wants it. */
export interface MadeHistogram {
  readonly name?: string;
  readonly unit?: string;
  readonly temporality?: number;
  readonly process?: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly sum: number;
  readonly counts: readonly number[];
  readonly bounds: readonly number[];
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
const named = ({
  name = 'http.server.request.duration',
  unit = 's',
  temporality = 2,
  process = 'p1',
}: MadeHistogram) => ({
  ...{ name, unit, temporality, process },
});

/** As OTLP/JSON. */
export function jsonMetrics(...histograms: readonly MadeHistogram[]): string {
  const attribute = (key: string, value: string | number) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
  });
  const resourceMetrics = histograms.map((histogram) => {
    const { name, unit, temporality, process } = named(histogram);
    const attributes = Object.entries(histogram.attributes).map(([key, value]) => attribute(key, value));
    const { sum, counts, bounds } = histogram;
    const point = { attributes, count: total(counts), sum, bucketCounts: counts, explicitBounds: bounds };
    const metric = { name, unit, histogram: { aggregationTemporality: temporality, dataPoints: [point] } };
    const resource = { attributes: [attribute('service.instance.id', process)] };
    return { resource, scopeMetrics: [{ metrics: [{ name: 'other', sum: {} }, metric] }] };
  });
  return JSON.stringify({ resourceMetrics });
}

/** As OTLP's protobuf. */
export function protobufMetrics(...histograms: readonly MadeHistogram[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const histogram of histograms) {
    const { name, unit, temporality, process } = named(histogram);
    const { attributes, sum, counts, bounds } = histogram;
    const point = new BinaryWriter().tag(4, 1).fixed64(total(counts)).tag(5, 1).double(sum);
    point.tag(6, 2).bytes(packed(counts, (each, count) => each.fixed64(count)));
    point.tag(7, 2).bytes(packed(bounds, (each, bound) => each.double(bound)));
    for (const [key, value] of Object.entries(attributes)) point.tag(9, 2).bytes(attributeBytes(key, value));
    const data = new BinaryWriter().tag(1, 2).bytes(point.finish()).tag(2, 0).int32(temporality).finish();
    const metric = new BinaryWriter().tag(1, 2).string(name).tag(3, 2).string(unit).tag(9, 2).bytes(data).finish();
    const resource = new BinaryWriter().tag(1, 2).bytes(attributeBytes('service.instance.id', process)).finish();
    const scope = new BinaryWriter().tag(2, 2).bytes(metric).finish();
    writer.tag(1, 2).bytes(new BinaryWriter().tag(1, 2).bytes(resource).tag(2, 2).bytes(scope).finish());
  }
  return writer.finish();
}

function packed(values: readonly number[], write: (writer: BinaryWriter, value: number) => unknown): Uint8Array {
  const writer = new BinaryWriter();
  for (const value of values) write(writer, value);
  return writer.finish();
}

function attributeBytes(key: string, value: string | number): Uint8Array {
  const told = new BinaryWriter();
  if (typeof value === 'string') told.tag(1, 2).string(value);
  else told.tag(3, 0).int64(value);
  return new BinaryWriter().tag(1, 2).string(key).tag(2, 2).bytes(told.finish()).finish();
}
