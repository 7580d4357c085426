import { followUsage, type Look } from './followUsage.ts';
import { objectKeys } from './objectKeys.ts';
import type { ProjectGraph, QuerySite } from './projectGraph.ts';

/**
 * The places that look at how many rows a list query gives, or whether it gives any; null where anything else becomes of the rows, or
 * where the query is the best way to that number: `distinct` has no counterpart in `count`.
 */
export function countedOnly(graph: ProjectGraph, site: QuerySite): readonly Look[] | null {
  if (site.operation !== 'findMany' || site.fluent.length > 0 || !site.call.usage.some(mayCount)) return null;
  const { reads, escapes, touched, looks, handsOnRows } = followUsage(graph, site);
  if (reads.length + escapes.length + touched.length > 0 || handsOnRows || isGoneOver(site)) return null;
  if (!looks.some(({ use }) => use.kind === 'length' || use.path.length > 0)) return null;
  return asksDistinct(graph, site) ? null : looks;
}

/** What is neither a look at the list nor a way to another function needs no following. */
function mayCount({ kind }: QuerySite['call']['usage'][number]): boolean {
  return kind === 'length' || kind === 'test' || kind === 'pass' || kind === 'return';
}

/** A loop takes a turn for each row, if it looks at none of them. */
function isGoneOver({ call, facts }: QuerySite): boolean {
  return facts.loops.some(
    ({ over }) => over?.kind === 'reference' && over.to.root.kind === 'call' && over.to.root.call === call.index,
  );
}

function asksDistinct(graph: ProjectGraph, { file, args }: QuerySite): boolean {
  return args !== null && objectKeys(graph, { file, value: args }).keys.has('distinct');
}
