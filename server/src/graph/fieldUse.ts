import { type FetchedShape, fetchedShape } from './fetchedShape.ts';
import { type FollowedUsage, followUsage } from './followUsage.ts';
import { GIVES_ROWS } from './operations.ts';
import type { ProjectGraph, QuerySite } from './projectGraph.ts';
import { unreadParts } from './unread.ts';

/** What becomes of the fields a query brings; null where it cannot be followed, or where the query brings no rows. */
export interface FieldUse {
  /** Sorted, dotted; a relation by itself where all of it may be read. */
  readonly read: readonly string[] | null;
  /** Of reads only: a write gives its row back whether anybody wants it or not. */
  readonly unread: readonly string[] | null;
}

const UNKNOWN: FieldUse = { read: null, unread: null };

/** Holds what is read of a query's result against what it brings. */
export function fieldUse(graph: ProjectGraph, site: QuerySite): FieldUse {
  if (!GIVES_ROWS.test(site.operation) || site.fluent.length > 0) return UNKNOWN;
  const usage = followUsage(graph, site);
  const shape = fetchedShape(graph, site);
  if (!shape || usage.escapes.some((path) => path.length === 0)) return UNKNOWN;
  const read = readFields(shape, usage);
  if (site.access !== 'read') return { read, unread: null };
  if (read.length === 0 && usage.touched.length === 0) return UNKNOWN;
  return { read, unread: unreadFields(shape, usage) };
}

/** The relations a query reads along, as dotted paths: what it includes or selects, then the steps of a fluent chain. */
export function relationsRead(graph: ProjectGraph, site: QuerySite): readonly string[] {
  const shape = fetchedShape(graph, site);
  const fluent = site.fluent.map((_, at) => site.fluent.slice(0, at + 1).join('.'));
  return [...(shape ? relationPaths(shape, '') : []), ...fluent];
}

function relationPaths(shape: FetchedShape, before: string): readonly string[] {
  return shape.relations.flatMap(({ name, shape: inner }) => [
    `${before}${name}`,
    ...relationPaths(inner, `${before}${name}.`),
  ]);
}

function readFields(shape: FetchedShape, { reads, escapes }: FollowedUsage): readonly string[] {
  const paths = [...reads, ...escapes].flatMap((path) => knownPart(shape, path) ?? []);
  return [...new Set(paths)].sort();
}

/** `email.toLowerCase` is `email`; what is no field of the result is none. */
function knownPart(shape: FetchedShape, [step, ...rest]: readonly string[]): string | null {
  if (step === undefined) return null;
  if (shape.columns.some(({ field }) => field.name === step)) return step;
  const relation = shape.relations.find(({ name }) => name === step);
  if (!relation) return null;
  const inner = knownPart(relation.shape, rest);
  return inner === null ? step : `${step}.${inner}`;
}

function unreadFields(shape: FetchedShape, usage: FollowedUsage): readonly string[] {
  const { relations, columns } = unreadParts(shape, usage);
  return [...relations, ...columns].map(({ path }) => path.join('.')).sort();
}
