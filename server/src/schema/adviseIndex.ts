import type { QueryShape, SortField } from './indexCoverage.ts';

/**
 * The fields of the index that would serve a query best, in order: equality, then sort, then one range; a sort that no limit
 * cuts short gives way to the range. Empty when no index helps.
 */
export function adviseIndex(shape: QueryShape): readonly string[] {
  const sort = sortRun(shape.sort.filter(({ field }) => !shape.equality.includes(field)));
  const range = shape.range.slice(0, 1);
  const rest = shape.take ? [...sort, ...range] : range;
  return [...new Set([...shape.equality, ...rest])];
}

/** A plain index follows a sort only as far as its directions agree. */
function sortRun(sort: readonly SortField[]): readonly string[] {
  const end = sort.findIndex(({ direction, nulls }) => direction !== sort[0]?.direction || nulls !== undefined);
  return (end === -1 ? sort : sort.slice(0, end)).map(({ field }) => field);
}
