import { siteId } from './link/siteId.ts';
import type { ProjectGraph, QuerySite } from './projectGraph.ts';
import { queryFingerprint } from './queryFingerprint.ts';

/** How many more calls of the same model and operation a function may have had than it has. */
const MOST_REMOVED = 3;

/**
 * Calls of one model and operation in one function are told apart by their order alone: where one was put before another or taken away, the rest
 * have ids that were others'. Gives the call that asks now what was asked at `id` by a query of that fingerprint; the same id where nothing
 * moved, or where it cannot be told.
 */
export function siteNow(graph: ProjectGraph): (id: string, fingerprint: string) => string {
  let groups: ReadonlyMap<string, readonly QuerySite[]> | null = null;
  const byId = new Map(graph.sites.map((site) => [site.id, site]));
  return (id, fingerprint) => {
    const site = byId.get(id);
    if (site && queryFingerprint(graph, site) === fingerprint) return id;
    groups ??= groupsById(graph);
    const asking = (groups.get(id) ?? []).filter((each) => queryFingerprint(graph, each) === fingerprint);
    return (asking.length === 1 ? asking[0]?.id : null) ?? id;
  };
}

/** Calls that may have had an id, by that id; only where there are several, or one whose id a removed one had. */
function groupsById(graph: ProjectGraph): ReadonlyMap<string, readonly QuerySite[]> {
  const groups = Map.groupBy(graph.sites, ({ file, function: { fact }, model, operation }) =>
    [file, fact.symbol, model?.name ?? '', operation].join('\0'),
  );
  const byId = new Map<string, readonly QuerySite[]>();
  for (const group of groups.values()) {
    for (const { id } of group) byId.set(id, group);
    const [first] = group;
    for (let ordinal = group.length; first && ordinal < group.length + MOST_REMOVED; ordinal++)
      byId.set(idOf(first, ordinal), group);
  }
  return byId;
}

function idOf({ file, function: { fact }, model, operation }: QuerySite, ordinal: number): string {
  return siteId(file, fact.symbol, model?.name ?? null, operation, ordinal);
}
