import { isExecute } from '#graph/operations.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { argument, valuesIn } from '#graph/queryArgs.ts';
import type { ReachedQuery } from './reads.ts';

/** The reads, if there is nothing but reads; a check that the database is up is none. Empty where something is written. */
export function onlyReads(graph: ProjectGraph, queries: readonly ReachedQuery[]): readonly ReachedQuery[] {
  if (
    queries.some(
      ({ site }) => site.access === 'write' || isExecute(site.operation) || site.transaction === 'interactive',
    )
  )
    return [];
  return queries.filter(({ site }) => !(site.access === 'raw' && isProbe(graph, site)));
}

/** One row picked by what the request gives, or rows by their keys: nearly as quick as asking a cache, and rarely asked twice. */
export function isLookup(graph: ProjectGraph, site: QuerySite): boolean {
  if (site.operation.startsWith('findUnique')) return true;
  const where = argument(graph, site, 'where');
  if (!site.model || where?.value.kind !== 'object') return false;
  if (site.operation.startsWith('findFirst'))
    return valuesIn(graph, where).some(({ value }) => ['reference', 'call', 'template'].includes(value.kind));
  const keys = where.value.properties.flatMap((each) => (each.kind === 'property' ? [each.key] : []));
  const unique = site.model.indexes.filter(({ kind }) => kind === 'id' || kind === 'unique');
  return site.operation === 'findMany' && unique.some(({ fields }) => fields.every(({ name }) => keys.includes(name)));
}

/** How many queries one request may run: of the branches of a `switch` it takes one. */
export function countQueries(queries: readonly ReachedQuery[]): number {
  const inCases = queries.filter(isInCase);
  return queries.length - inCases.length + new Set(inCases.map(({ site }) => site.function.id)).size;
}

function isInCase({ site, steps }: ReachedQuery): boolean {
  return [site.call, ...steps.map(({ call }) => call)].some(({ branches }) =>
    branches.some(({ kind }) => kind === 'case'),
  );
}

/** `SELECT 1`. */
function isProbe(graph: ProjectGraph, site: ReachedQuery['site']): boolean {
  const value = site.args ? graph.resolve(site.file, site.args).value : null;
  const text = value?.kind === 'template' ? value.texts[0] : value?.kind === 'literal' ? String(value.value) : null;
  return /^\s*select\s+(?:1|now\(\)|version\(\))/i.test(text ?? '');
}
