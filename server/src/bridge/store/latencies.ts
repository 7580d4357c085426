import { DDSketch } from '@datadog/sketches-js';

/** Times of many executions, from which percentiles come out; what is kept can be added to later. */
export interface Latencies {
  /** `weight` executions of the same time, in milliseconds. */
  add(ms: number, weight: number): void;
  /** Puts in those of others. */
  include(kept: KeptBins): void;
  /** Takes out what {@link Latencies.text} of others gave, which was put in before. */
  remove(kept: string): void;
  /** Each filled bin with the time it stands for, in milliseconds, shortest first, and how many executions are in it. */
  bins(): readonly (readonly [number, number])[];
  /** How many took longer than so many milliseconds. */
  longerThan(ms: number): number;
  /** NaN where there are none. */
  percentile(percent: number): number;
  /** As it is kept; {@link latenciesOf} reads it. */
  text(): string;
}

/** What {@link Latencies.text} gave, taken apart: once for all that it is added to. */
export interface KeptBins {
  /** Keys of bins and how many executions are in them, by turns; the first is for times of zero and no key. */
  readonly entries: readonly number[];
}

/** Of a text that is none of ours there are no entries. */
export function keptBins(text: string): KeptBins {
  const entries: number[] = [];
  for (let start = 0; start < text.length; ) {
    const space = text.indexOf(' ', start);
    const end = space < 0 ? text.length : space;
    const colon = text.indexOf(':', start);
    if (colon > start && colon < end) entries.push(numberIn(text, start, colon), numberIn(text, colon + 1, end));
    start = end + 1;
  }
  return { entries };
}

/** Of every percentile: half of the error of one in a hundred that people are promised, for merging adds none of its own. */
const RELATIVE_ERROR = 0.005;

/** From what was kept, or none. A text that is none of ours counts nothing. */
export function latenciesOf(...kept: readonly string[]): Latencies {
  const sketch = new DDSketch({ relativeAccuracy: RELATIVE_ERROR });
  for (const text of kept) put(sketch, text, 1);
  const bins = () => binsOf(sketch);
  return {
    add: (ms, weight) => sketch.accept(ms, weight),
    include: ({ entries }) => {
      // The longest time goes in before the rest, so that a sketch finds room for all at once.
      const last = entries.length - 2;
      for (let at = last; at < last + entries.length; at += 2) addEntry(sketch, entries, at % entries.length);
    },
    remove: (text) => put(sketch, text, -1),
    bins,
    longerThan: (limit) => bins().reduce((sum, [ms, weight]) => (ms > limit ? sum + weight : sum), 0),
    percentile: (percent) => (sketch.count > 0 ? sketch.getValueAtQuantile(percent / 100) : Number.NaN),
    text: () => textOf(sketch),
  };
}

/**
 * The first entry is for times of zero, each other the key of a bin. Every count written reads and writes some thousand of them. The
 * last goes in before the rest, so that a sketch finds room for all at once.
 */
function put(sketch: DDSketch, text: string, sign: 1 | -1): void {
  const last = text.lastIndexOf(' ') + 1;
  putEntry(sketch, text, last, text.length, sign);
  for (let start = 0, end = 0; start < last; start = end + 1) {
    end = text.indexOf(' ', start);
    putEntry(sketch, text, start, end, sign);
  }
}

function putEntry(sketch: DDSketch, text: string, start: number, end: number, sign: 1 | -1): void {
  const colon = text.indexOf(':', start);
  if (colon <= start || colon >= end) return;
  const [key, weight] = [numberIn(text, start, colon), numberIn(text, colon + 1, end)];
  add(sketch, key, weight, start === 0, sign);
}

function addEntry(sketch: DDSketch, entries: readonly number[], at: number): void {
  add(sketch, entries[at] ?? 0, entries[at + 1] ?? 0, at === 0, 1);
}

function add(sketch: DDSketch, key: number, weight: number, isZero: boolean, sign: 1 | -1): void {
  if (!Number.isInteger(key) || !(weight > 0) || !Number.isFinite(weight)) return;
  if (isZero) sketch.zeroCount += sign * weight;
  else sketch.store.add(key, sign * weight);
  sketch.count += sign * weight;
}

const [MINUS, ZERO, NINE] = [45, 48, 57];
/** More digits are not exact. */
const MOST_DIGITS = 15;

/** As `Number` reads it; what has nothing but digits, which is nearly all, without a text of its own. */
function numberIn(text: string, start: number, end: number): number {
  const from = text.charCodeAt(start) === MINUS ? start + 1 : start;
  if (from === end || end - from > MOST_DIGITS) return Number(text.slice(start, end) || Number.NaN);
  let value = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return Number(text.slice(start, end));
    value = value * 10 + code - ZERO;
  }
  return from === start ? value : -value;
}

function binsOf({ zeroCount, store, mapping }: DDSketch): readonly (readonly [number, number])[] {
  return [
    ...(zeroCount > 0 ? [[0, zeroCount] as const] : []),
    ...filledBins(store).map(([key, weight]) => [mapping.value(key), weight] as const),
  ];
}

function filledBins({ bins, offset }: DDSketch['store']): readonly (readonly [number, number])[] {
  return bins.flatMap((weight, index) => (weight > 0 ? [[index + offset, weight] as const] : []));
}

function textOf({ zeroCount, store: { bins, offset } }: DDSketch): string {
  let text = `0:${zeroCount}`;
  for (let index = 0; index < bins.length; index++) {
    const weight = bins[index] ?? 0;
    if (weight > 0) text += ` ${index + offset}:${weight}`;
  }
  return text;
}
