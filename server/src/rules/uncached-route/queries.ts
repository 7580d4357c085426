import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { argument } from '#graph/queryArgs.ts';
import type { ReachedQuery } from './reads.ts';

/** The reads, if there is nothing but reads; a check that the database is up is none. Empty where something is written. */
export function onlyReads(graph: ProjectGraph, queries: readonly ReachedQuery[]): readonly ReachedQuery[] {
  if (
    queries.some(
      ({ site }) =>
        site.access === 'write' || site.operation.startsWith('$execute') || site.transaction === 'interactive',
    )
  )
    return [];
  return queries.filter(({ site }) => !(site.access === 'raw' && isProbe(graph, site)));
}

/** One row by a unique key: as quick as asking most caches. */
export function isLookup(graph: ProjectGraph, site: QuerySite): boolean {
  if (site.operation.startsWith('findUnique')) return true;
  if (!site.operation.startsWith('findFirst') || !site.model) return false;
  const where = argument(graph, site, 'where')?.value;
  const keys =
    where?.kind === 'object' ? where.properties.flatMap((each) => (each.kind === 'property' ? [each.key] : [])) : [];
  return site.model.indexes.some(
    ({ kind, fields }) => (kind === 'id' || kind === 'unique') && fields.every(({ name }) => keys.includes(name)),
  );
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
