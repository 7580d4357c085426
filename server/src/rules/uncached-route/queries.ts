import type { ProjectGraph } from '#graph/projectGraph.ts';
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

/** `SELECT 1`. */
function isProbe(graph: ProjectGraph, site: ReachedQuery['site']): boolean {
  const value = site.args ? graph.resolve(site.file, site.args).value : null;
  const text = value?.kind === 'template' ? value.texts[0] : value?.kind === 'literal' ? String(value.value) : null;
  return /^\s*select\s+(?:1|now\(\)|version\(\))/i.test(text ?? '');
}
