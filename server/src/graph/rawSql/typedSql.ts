import { callIndex } from '../callIndex.ts';
import type { ProjectGraph, QuerySite } from '../projectGraph.ts';

/** The name of the query behind `$queryRawTyped(getUsers(id))`, which is that of its file; null where it cannot be told. */
export function typedSqlName(graph: ProjectGraph, site: QuerySite): string | null {
  const [query] = site.call.arguments;
  if (site.operation !== '$queryRawTyped' || !query) return null;
  const { file, value } = graph.resolve(site.file, query);
  const facts = graph.files.get(file);
  const index = callIndex(value);
  const callee = index === null ? undefined : facts?.calls[index]?.callee;
  if (callee?.root.kind !== 'import') return null;
  const fact = facts?.imports[callee.root.import];
  return (fact?.name === '*' ? callee.path.at(-1) : fact?.name) ?? null;
}
