import type { ColumnName, Demand } from './demands.ts';

/** Which rows a `SELECT` reads, in which order and how many. */
export interface Shape {
  /** All of them hold. */
  readonly demands: readonly Demand[];
  readonly order: readonly Ordering[];
  /** It reads so many rows at most. */
  readonly limited: boolean;
  /** It begins behind the first rows. */
  readonly skips: boolean;
  /** A row of the answer stands for several of the table, or there is only one: it groups, counts, or leaves repetitions out. */
  readonly grouped: boolean;
}

/** One of the things an answer is ordered by. */
export interface Ordering {
  /** Null where it is no plain column. */
  readonly column: ColumnName | null;
  readonly direction: 'asc' | 'desc';
}

/** Functions that make one row of many. */
export const AGGREGATES: ReadonlySet<string> = new Set([
  ...['count', 'sum', 'min', 'max', 'avg', 'bool_and', 'bool_or', 'every', 'array_agg', 'string_agg', 'json_agg'],
  ...['jsonb_agg', 'json_object_agg', 'jsonb_object_agg', 'group_concat', 'json_arrayagg', 'total', 'percentile_cont'],
]);
