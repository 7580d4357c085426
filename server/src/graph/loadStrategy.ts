import { objectKeys } from './objectKeys.ts';
import type { ProjectGraph, QuerySite } from './projectGraph.ts';

/**
 * How the relations of a query are read. `query`: by a statement each, for all rows at once, and put together in memory. `join`: within
 * the one statement, row by row, each list cut and counted by the database.
 */
export type LoadStrategy = 'query' | 'join' | 'unknown';

/** What is said here of statements was compiled for databases of SQL. */
export function speaksSql({ schema }: QuerySite): boolean {
  return schema.provider !== 'mongodb';
}

const JOINING: ReadonlySet<string | null> = new Set(['postgresql', 'cockroachdb', 'mysql']);

/** By the preview feature, the database, and what the call itself says. */
export function loadStrategy(graph: ProjectGraph, site: QuerySite): LoadStrategy {
  if (!speaksSql(site)) return 'unknown';
  if (!mayJoin(site)) return 'query';
  const { keys, open } = objectKeys(graph, site.args && { file: site.file, value: site.args });
  const chosen = keys.get('relationLoadStrategy');
  if (!chosen) return open ? 'unknown' : 'join';
  const [value, ...others] = chosen.values.map((each) => graph.resolve(each.file, each.value).value);
  if (value?.kind !== 'literal' || others.length > 0 || chosen.optional) return 'unknown';
  return value.value === 'query' ? 'query' : 'join';
}

/** Whether the project has switched on that relations are joined. */
export function mayJoin({ schema }: QuerySite): boolean {
  return schema.previewFeatures.includes('relationJoins') && JOINING.has(schema.provider);
}

/** Whether the database could join them if the project switched that on. */
export function canJoin({ schema }: QuerySite): boolean {
  return JOINING.has(schema.provider);
}
