import { DDSketch } from '@datadog/sketches-js';

/** Times of many executions, from which percentiles come out; what is kept can be added to later. */
export interface Latencies {
  /** `weight` executions of the same time, in milliseconds. */
  add(ms: number, weight: number): void;
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
  for (const text of kept) for (const [ms, weight] of entriesOf(sketch, text)) sketch.accept(ms, weight);
  return {
    add: (ms, weight) => sketch.accept(ms, weight),
    bins: () => [
      ...(sketch.zeroCount > 0 ? [[0, sketch.zeroCount] as const] : []),
      ...sketch.store.bins.flatMap((weight, index) =>
        weight > 0 ? [[sketch.mapping.value(index + sketch.store.offset), weight] as const] : [],
      ),
    ],
    percentile: (percent) => sketch.getValueAtQuantile(percent / 100),
    text: () => [`0:${sketch.zeroCount}`, ...filledBins(sketch.store)].join(' '),
  };
}

/** The first is for times of zero, each other the key of a bin. */
function entriesOf({ mapping }: DDSketch, text: string): readonly (readonly [number, number])[] {
  return text.split(' ').flatMap((entry, index) => {
    const [key, weight] = entry.split(':').map(Number);
    if (key === undefined || weight === undefined || !(weight > 0) || !Number.isFinite(key)) return [];
    return [[index === 0 ? 0 : mapping.value(key), weight] as const];
  });
}

function filledBins({ bins, offset }: DDSketch['store']): readonly string[] {
  return bins.flatMap((weight, index) => (weight > 0 ? [`${index + offset}:${weight}`] : []));
}
