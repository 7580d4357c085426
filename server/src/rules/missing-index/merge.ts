import type { Demand } from './demands.ts';

/** Columns an advised index has at most. */
const MAX_COLUMNS = 4;

type Groups = Demand['groups'];

/** One index order that serves both, or null: a group of either may be refined, never torn apart. */
function mergeGroups(a: Groups, b: Groups): Groups | null {
  const [first, ...restOfA] = a;
  const [second, ...restOfB] = b;
  if (!first) return b;
  if (!second) return a;
  if (contains(second, first)) return prepend(first, mergeGroups(restOfA, without(second, first, restOfB)));
  if (contains(first, second)) return prepend(second, mergeGroups(without(first, second, restOfA), restOfB));
  return null;
}

/** As {@link mergeGroups}, but null too where the index would become too wide. */
export function mergeWithin(a: Groups, b: Groups): Groups | null {
  const merged = mergeGroups(a, b);
  const widest = Math.max(MAX_COLUMNS, a.flat().length, b.flat().length);
  return merged && merged.flat().length <= widest ? merged : null;
}

function contains(whole: readonly string[], part: readonly string[]): boolean {
  return part.every((name) => whole.includes(name));
}

function without(whole: readonly string[], part: readonly string[], rest: Groups): Groups {
  const left = whole.filter((name) => !part.includes(name));
  return left.length > 0 ? [left, ...rest] : rest;
}

function prepend(group: readonly string[], rest: Groups | null): Groups | null {
  return rest && [group, ...rest];
}
