/** How surely a measurement belongs to a call; only `exact` and `shape` may be shown on a line. */
export type MatchLevel = 'exact' | 'shape' | 'label' | 'model';

/** What the running system was seen to do at one query site; times in milliseconds. */
export interface Measurement {
  readonly match: MatchLevel;
  readonly calls: number;
  readonly meanMs: number;
  /** The percentiles are null where only totals are known. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Executions of this site within one request, null when requests were not told apart. */
  readonly perRequest: number | null;
}
