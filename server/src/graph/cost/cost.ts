import type { LoopFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { CallEdge, QuerySite } from '../projectGraph.ts';

/** What a run of some code asks of the database: a tree that follows the code, so that every part of it has a line. */
export type Cost =
  | QueryCost
  /** One after the other. */
  | { readonly kind: 'all'; readonly of: readonly Cost[] }
  /** One of them: branches that exclude each other, functions of which a call runs one. */
  | { readonly kind: 'most'; readonly of: readonly Cost[] }
  /** Once, or not at all. */
  | { readonly kind: 'maybe'; readonly of: Cost }
  | { readonly kind: 'times'; readonly loop: CostLoop; readonly of: Cost }
  | { readonly kind: 'call'; readonly edge: CallEdge; readonly of: Cost }
  /** Not at all where the answer is in a cache. */
  | { readonly kind: 'cached'; readonly of: Cost }
  /** It ends nowhere that can be told: a function that calls itself, or more ways than are followed. */
  | { readonly kind: 'uncountable'; readonly edge: CallEdge };

/** One query. */
export interface QueryCost {
  readonly kind: 'query';
  readonly site: QuerySite;
  /** So many of the innermost loops around it make one statement of all their turns. */
  readonly joined: number;
}

/** A loop whose turns are elements, pages or a written number. */
export interface CostLoop {
  readonly file: string;
  readonly loop: LoopFact;
  /** What is gone over, in the terms of the calling file. */
  readonly over: Value | null;
  /** The same for loops over the rows of the same query. */
  readonly key: string;
  /** The list query whose rows are gone over; null where it is something else. */
  readonly rows: QuerySite | null;
  /** So many turns, by the text. */
  readonly turns: number | null;
  /** It has at most so many turns, where that is known. */
  readonly most: number | null;
}

/** No query at all. */
export const FREE: Cost = { kind: 'all', of: [] };

/** One after the other, without what costs nothing. */
export function all(parts: readonly Cost[]): Cost {
  const costly = parts.flatMap((part) => (part.kind === 'all' ? part.of : [part]));
  const [only] = costly;
  return only && costly.length === 1 ? only : { kind: 'all', of: costly };
}

/** The dearest of them. */
export function most(parts: readonly Cost[]): Cost {
  const costly = parts.filter((part) => !isFree(part));
  const [only] = costly;
  if (!only) return FREE;
  return costly.length === 1 ? only : { kind: 'most', of: costly };
}

/** Whether nothing is asked of the database. */
export function isFree(cost: Cost): boolean {
  return cost.kind === 'all' && cost.of.length === 0;
}

/** All queries of a cost, those of ways that exclude each other too. */
export function* queriesIn(cost: Cost): Generator<QuerySite> {
  if (cost.kind === 'query') yield cost.site;
  else if (cost.kind === 'all' || cost.kind === 'most') for (const part of cost.of) yield* queriesIn(part);
  else if (cost.kind !== 'uncountable') yield* queriesIn(cost.of);
}
