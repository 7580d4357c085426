import type { Database } from '../sqlite.ts';
import { type Latencies, latenciesOf } from './latencies.ts';

/** What tells the sums in `measured` apart. */
export type Key = [site: string, version: string, name: string, match: string, part: string, snapshot: number];

/** A sum as it is kept, or what is added to one. */
export interface Kept extends Amounts {
  readonly latencies: string;
}

/** A sum before it is written. */
export interface Summed extends Amounts {
  /** Null where only totals are known. */
  readonly latencies: Latencies | null;
}

/** What executions add up to, in the names of their columns. */
export interface Amounts {
  readonly count: number;
  readonly sum_ms: number;
  readonly min_ms: number;
  readonly max_ms: number;
  readonly first_hour: number;
  readonly last_hour: number;
}

/** The condition on a row that has a {@link Key}. */
export const SAME = 'site = ? AND version = ? AND name = ? AND match = ? AND part = ? AND snapshot = ?';

/** All of these together; at least one. */
export function sumOf(each: readonly Kept[]): Summed {
  const sum = (of: (kept: Kept) => number) => each.reduce((total, kept) => total + of(kept), 0);
  const least = (of: (kept: Kept) => number) =>
    each.reduce((least, kept) => Math.min(least, of(kept)), Number.POSITIVE_INFINITY);
  const most = (of: (kept: Kept) => number) =>
    each.reduce((most, kept) => Math.max(most, of(kept)), Number.NEGATIVE_INFINITY);
  return {
    count: sum(({ count }) => count),
    sum_ms: sum(({ sum_ms }) => sum_ms),
    min_ms: least(({ min_ms }) => min_ms),
    max_ms: most(({ max_ms }) => max_ms),
    first_hour: least(({ first_hour }) => first_hour),
    last_hour: most(({ last_hour }) => last_hour),
    latencies: mergedLatencies(each.map(({ latencies }) => latencies)),
  };
}

/** Null where only totals are known. */
export function mergedLatencies(texts: readonly string[]): Latencies | null {
  const known = texts.filter((text) => text !== '');
  return known.length === 0 ? null : latenciesOf(...known);
}

/** Writes sums. Percentiles are worked out once, by who counts, for they are read far more often. */
export function puttingSums(database: Database): (key: Key, sum: Summed, revision: string | null, at: number) => void {
  const put = database.prepare(
    `INSERT INTO measured VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = excluded.count, sum_ms = excluded.sum_ms, min_ms = excluded.min_ms, max_ms = excluded.max_ms,
       p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms, p99_ms = excluded.p99_ms, first_hour = excluded.first_hour,
       last_hour = excluded.last_hour, revision = excluded.revision, counted_at = excluded.counted_at, latencies = excluded.latencies`,
  );
  return (key, { latencies, count, sum_ms, min_ms, max_ms, first_hour, last_hour }, revision, at) => {
    const percentile = (percent: number): number | null => {
      const ms = latencies?.percentile(percent) ?? Number.NaN;
      return Number.isNaN(ms) ? null : Math.min(Math.max(ms, min_ms), max_ms);
    };
    const percentiles = [percentile(50), percentile(95), percentile(99)];
    put.run(
      ...[...key, count, sum_ms, min_ms, max_ms, ...percentiles],
      ...[first_hour, last_hour, revision, at, latencies?.text() ?? ''],
    );
  };
}
