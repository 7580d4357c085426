import type { PeriodFigures } from '#shared/periods.ts';
import { rounded } from './arithmetic.ts';
import { latenciesOf } from './latencies.ts';

/** Executions whose times are known, in the names of their columns. */
export interface TimedRow {
  readonly count: number;
  readonly sum_ms: number;
  readonly min_ms: number;
  readonly max_ms: number;
  /** As `latenciesOf` reads it. */
  readonly latencies: string;
}

/** What many rows add up to. */
export interface PeriodSum {
  add(row: TimedRow): void;
  /** All of it, so that it can be added to another. */
  row(): TimedRow;
  meanMs(): number;
  p95Ms(): number;
}

export function periodSum(rows: readonly TimedRow[] = []): PeriodSum {
  const latencies = latenciesOf();
  let [count, sumMs, minMs, maxMs] = [0, 0, Number.POSITIVE_INFINITY, 0];
  const add = (row: TimedRow): void => {
    count += row.count;
    sumMs += row.sum_ms;
    minMs = Math.min(minMs, row.min_ms);
    maxMs = Math.max(maxMs, row.max_ms);
    latencies.include(row.latencies);
  };
  for (const row of rows) add(row);
  return {
    add,
    row: () => ({ count, sum_ms: sumMs, min_ms: minMs, max_ms: maxMs, latencies: latencies.text() }),
    meanMs: () => rounded(sumMs / count),
    p95Ms: () => rounded(Math.min(Math.max(latencies.percentile(95), minMs), maxMs)),
  };
}

/** Of all rows together, of which there is at least one; from `slowMs` on an execution is a slow one. */
export function periodFigures(rows: readonly TimedRow[], slowMs: number): PeriodFigures {
  const sum = periodSum(rows);
  const { count, sum_ms, max_ms, latencies } = sum.row();
  return {
    ...{ executions: count, totalMs: rounded(sum_ms), p95Ms: sum.p95Ms(), maxMs: rounded(max_ms) },
    slow: latenciesOf(latencies).longerThan(slowMs),
  };
}
