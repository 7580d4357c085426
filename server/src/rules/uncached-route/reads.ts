import type { CallEdge, FunctionId, FunctionNode, ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { isCached } from './cacheSigns.ts';

/** A query with the calls that lead to it. */
export interface ReachedQuery {
  readonly site: QuerySite;
  readonly steps: readonly CallEdge[];
}

/** What runs for an entry point without a cache in between. */
export interface Reached {
  readonly functions: readonly FunctionNode[];
  readonly queries: readonly ReachedQuery[];
}

/** More functions than this are no longer one route's work but a linking that went astray. */
const MAX_FUNCTIONS = 1500;

/** Follows calls from the handler, stopping at functions that answer from a cache. */
export function reach(graph: ProjectGraph, handler: FunctionNode, cacheHelpers: ReadonlySet<string>): Reached {
  const cameBy = new Map<FunctionId, CallEdge | null>([[handler.id, null]]);
  const functions: FunctionNode[] = [];
  const queries: ReachedQuery[] = [];
  for (const id of cameBy.keys()) {
    if (functions.length > MAX_FUNCTIONS) break;
    const node = graph.function(id);
    if (isCached(graph, node, cacheHelpers)) continue;
    functions.push(node);
    for (const site of graph.sitesIn(id)) queries.push({ site, steps: stepsTo(cameBy, id) });
    for (const edge of graph.callees(id)) if (!cameBy.has(edge.to)) cameBy.set(edge.to, edge);
  }
  return { functions, queries };
}

function stepsTo(cameBy: ReadonlyMap<FunctionId, CallEdge | null>, id: FunctionId): readonly CallEdge[] {
  const steps: CallEdge[] = [];
  for (let edge = cameBy.get(id) ?? null; edge; edge = cameBy.get(edge.from) ?? null) steps.unshift(edge);
  return steps;
}
