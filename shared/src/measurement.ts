/** How surely a measurement belongs to a call; only `exact`, `shape` and `label` may be shown on a line. */
export type MatchLevel = 'exact' | 'shape' | 'label' | 'model';

/** What the running system was seen to do at one query site; times in milliseconds. */
export interface Measurement extends Figures {
  readonly match: MatchLevel;
  /** Calls an hour, over the hours from the first to the last one seen. */
  readonly perHour: number;
  /** The last hour in which it ran, as its beginning in milliseconds since 1970. */
  readonly lastSeen: number;
}

/** What many executions add up to; times in milliseconds. */
export interface Figures {
  readonly calls: number;
  readonly meanMs: number;
  readonly maxMs: number;
  /** The percentiles are null where only totals are known. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Executions of this site within one request, null when requests were not told apart. */
  readonly perRequest: number | null;
}

/** What a call did before its query was changed. */
export interface FormerMeasurement extends Figures {
  readonly match: MatchLevel;
  /** The last hour in which the old query ran, as its beginning in milliseconds since 1970. */
  readonly lastSeen: number;
  /** The commit that was checked out when it was counted last, shortened; null without git. */
  readonly commit: string | null;
}

/** Measurements by the id of the query site. */
export type Measurements = ReadonlyMap<string, Measurement>;

/** What calls did before their queries were changed, by the id of the query site. */
export type Formers = ReadonlyMap<string, FormerMeasurement>;

/** What somebody who looks closely at one call is shown besides its {@link Measurement}. */
export interface MeasurementDetail {
  /** Executions by time, shortest first, at most some twenty bins; empty where only totals are known. */
  readonly histogram: readonly LatencyBin[];
  /** The last hours in which it ran, oldest first, at most 48. */
  readonly trend: readonly HourFigures[];
  /** How the database went about the slowest execution it told the plan of, without values. */
  readonly slowestPlan: { readonly ms: number; readonly text: string } | null;
  /** How often a request that makes it does so, and the most in one; null where requests were not told apart. */
  readonly perRequest?: { readonly mean: number; readonly most: number } | null;
}

export interface LatencyBin {
  /** In milliseconds: times above the bin before and up to this one. */
  readonly upToMs: number;
  readonly calls: number;
}

export interface HourFigures {
  /** Its beginning in milliseconds since 1970. */
  readonly hour: number;
  readonly calls: number;
  readonly p95Ms: number | null;
}
