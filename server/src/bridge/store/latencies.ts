import { DDSketch } from '@datadog/sketches-js';

/** Times of many executions, from which percentiles come out; what is kept can be added to later. */
export interface Latencies {
  /** `weight` executions of the same time, in milliseconds. */
  add(ms: number, weight: number): void;
  /** Takes out what {@link Latencies.text} of others gave, which was put in before. */
  remove(kept: string): void;
  /** Each filled bin with the time it stands for, in milliseconds, shortest first, and how many executions are in it. */
  bins(): readonly (readonly [number, number])[];
  /** NaN where there are none. */
  percentile(percent: number): number;
  /** As it is kept; {@link latenciesOf} reads it. */
  text(): string;
}

/** Of every percentile: half of the error of one in a hundred that people are promised, for merging adds none of its own. */
const RELATIVE_ERROR = 0.005;

/** From what was kept, or none. A text that is none of ours counts nothing. */
export function latenciesOf(...kept: readonly string[]): Latencies {
  const sketch = new DDSketch({ relativeAccuracy: RELATIVE_ERROR });
  for (const text of kept) put(sketch, text, 1);
  return {
    add: (ms, weight) => sketch.accept(ms, weight),
    remove: (text) => put(sketch, text, -1),
    bins: () => [
      ...(sketch.zeroCount > 0 ? [[0, sketch.zeroCount] as const] : []),
      ...filledBins(sketch.store).map(([key, weight]) => [sketch.mapping.value(key), weight] as const),
    ],
    percentile: (percent) => (sketch.count > 0 ? sketch.getValueAtQuantile(percent / 100) : Number.NaN),
    text: () =>
      [`0:${sketch.zeroCount}`, ...filledBins(sketch.store).map(([key, weight]) => `${key}:${weight}`)].join(' '),
  };
}

/** The first entry is for times of zero, each other the key of a bin. */
function put(sketch: DDSketch, text: string, sign: 1 | -1): void {
  for (const [index, entry] of text.split(' ').entries()) {
    const colon = entry.indexOf(':');
    const [key, weight] = [Number(entry.slice(0, colon)), Number(entry.slice(colon + 1))];
    if (colon < 1 || !Number.isInteger(key) || !(weight > 0) || !Number.isFinite(weight)) continue;
    if (index === 0) sketch.zeroCount += sign * weight;
    else sketch.store.add(key, sign * weight);
    sketch.count += sign * weight;
  }
}

function filledBins({ bins, offset }: DDSketch['store']): readonly (readonly [number, number])[] {
  return bins.flatMap((weight, index) => (weight > 0 ? [[index + offset, weight] as const] : []));
}
