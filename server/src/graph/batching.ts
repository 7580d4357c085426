import type { Model } from '#schema/schemaModel.ts';
import type { Operation } from './operations.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from './projectGraph.ts';
import { argument } from './queryArgs.ts';

// Which calls Prisma's client joins into one statement. What is measured, and on which versions: docs/batching.md.

/** A query in a loop, and whether all turns reach it in one tick. */
export interface Repeated {
  readonly site: QuerySite;
  readonly sameTick: boolean;
}

/** Whether the turns of a loop make one statement of a query: they start in one tick, and the call is one that is joined. */
export function isBatched(graph: ProjectGraph, { site, sameTick }: Repeated): boolean {
  return sameTick && isBatchable(graph, site);
}

/** Whether several runs of a call, started in one tick, are one statement. */
export function isBatchable(graph: ProjectGraph, site: QuerySite): boolean {
  return isBatchableOperation(site.operation, site.schema.prismaMajor) && comparesForEquality(graph, site);
}

/** Operations that are joined, each with the versions in which it is not. */
const BATCHED: ReadonlyMap<Operation, (major: number) => boolean> = new Map<Operation, (major: number) => boolean>([
  ['findUnique', () => true],
  ['findUniqueOrThrow', (major) => major !== 4],
]);

/** Whether Prisma of a major version joins calls of the operation; an unknown version is taken for a new one. */
export function isBatchableOperation(operation: Operation, prismaMajor: number | null): boolean {
  return BATCHED.get(operation)?.(prismaMajor ?? NEWEST) ?? false;
}

const NEWEST = 7;

/** Nothing but equality with columns of the model itself can be turned into a list of values; what cannot be followed is taken for it. */
export function comparesForEquality(graph: ProjectGraph, site: QuerySite): boolean {
  const where = argument(graph, site, 'where');
  if (where?.value.kind !== 'object' || !site.model) return true;
  const { model } = site;
  return where.value.properties.every(
    (each) => each.kind !== 'property' || isEquality(graph, model, each.key, { file: where.file, value: each.value }),
  );
}

function isEquality(graph: ProjectGraph, model: Model, key: string, from: ResolvedValue): boolean {
  const { value } = graph.resolve(from.file, from.value);
  if (value.kind === 'undefined') return true;
  if (/^(?:AND|OR|NOT)$/.test(key)) return false;
  const field = model.fields.get(key);
  if (field?.kind === 'relation') return false;
  if (!field || value.kind !== 'object') return true;
  return value.properties.every((each) => each.kind !== 'property' || each.key === 'equals');
}
