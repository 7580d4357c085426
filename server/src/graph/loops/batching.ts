import type { ProjectGraph, QuerySite } from '../projectGraph.ts';
import { argument } from '../queryArgs.ts';

/**
 * Prisma's client joins `findUnique` and `findUniqueOrThrow` calls of one tick into a single `IN` query when they ask the same model for
 * the same selection by the same key; no other operation is joined. Measured on 5.22, 6.19 and 7.10 (PostgreSQL and SQLite): 5 calls made
 * 1 statement in `Promise.all(map)`, in both transaction kinds and in fluent chains, but 5 after an awaited query in each callback, in
 * a sequential loop, or with `AND`, `OR` or `NOT` in the filter.
 */
export function isBatched(graph: ProjectGraph, { site, sameTick }: Repeated): boolean {
  if (site.operation !== 'findUnique' && site.operation !== 'findUniqueOrThrow') return false;
  return sameTick && !hasBooleanOperator(graph, site);
}

/** A query in a loop, and whether all turns reach it in one tick. */
interface Repeated {
  readonly site: QuerySite;
  readonly sameTick: boolean;
}

function hasBooleanOperator(graph: ProjectGraph, site: QuerySite): boolean {
  const where = argument(graph, site, 'where');
  if (where?.value.kind !== 'object') return false;
  return where.value.properties.some((property) => property.kind === 'property' && /^(AND|OR|NOT)$/.test(property.key));
}
