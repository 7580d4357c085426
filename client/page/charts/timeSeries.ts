import { HOUR_MS } from '#shared/hour.ts';
import type { PeriodFigures, Periods, TrendPoint } from '#shared/periods.ts';

/** Figures over time, one for each stretch from the first to the last. */
export interface TimeSeries {
  /** Beginnings of the stretches, in milliseconds since 1970. */
  readonly times: readonly number[];
  /** Null where nothing is known. */
  readonly values: readonly (number | null)[];
}

/** In milliseconds. */
export function stepMs({ step }: Pick<Periods, 'step'>): number {
  return step === 'hour' ? HOUR_MS : 24 * HOUR_MS;
}

/** One figure of a trend; `nothing` stands where nothing ran, which is not in the trend. */
export function seriesOf(periods: Periods, figure: keyof PeriodFigures, nothing: 0 | null): TimeSeries {
  const { points } = periods;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return { times: [], values: [] };
  const known = new Map<number, TrendPoint>(points.map((point) => [point.from, point]));
  const count = Math.round((last.from - first.from) / stepMs(periods)) + 1;
  const times = Array.from({ length: count }, (_, at) => first.from + at * stepMs(periods));
  return { times, values: times.map((time) => known.get(time)?.[figure] ?? nothing) };
}
