import type { PeriodFigures } from '#shared/periods.ts';
import { rounded } from './arithmetic.ts';
import { type KeptBins, keptBins, latenciesOf } from './latencies.ts';

/** Executions whose times are known, in the names of their columns. */
export interface TimedRow {
  readonly count: number;
  readonly sum_ms: number;
  readonly min_ms: number;
  readonly max_ms: number;
  readonly bins: KeptBins;
}

/** What many rows add up to. */
export interface PeriodSum {
  add(row: TimedRow): void;
  /** All of it, so that it can be added to others. */
  row(): TimedRow;
  /** How many took longer than so many milliseconds. */
  longerThan(ms: number): number;
  count(): number;
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
    latencies.include(row.bins);
  };
  for (const row of rows) add(row);
  return {
    add,
    row: () => ({ count, sum_ms: sumMs, min_ms: minMs, max_ms: maxMs, bins: keptBins(latencies.text()) }),
    longerThan: latencies.longerThan,
    count: () => count,
    meanMs: () => rounded(sumMs / count),
    p95Ms: () => rounded(Math.min(Math.max(latencies.percentile(95), minMs), maxMs)),
  };
}

/** Of all rows together, of which there is at least one; from `slowMs` on an execution is a slow one. */
export function periodFigures(rows: readonly TimedRow[], slowMs: number): PeriodFigures {
  const sum = periodSum(rows);
  const totalMs = rows.reduce((total, row) => total + row.sum_ms, 0);
  const maxMs = Math.max(...rows.map((row) => row.max_ms));
  return {
    ...{ executions: sum.count(), totalMs: rounded(totalMs), p95Ms: sum.p95Ms(), maxMs: rounded(maxMs) },
    slow: sum.longerThan(slowMs),
  };
}
