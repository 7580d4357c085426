import { isRegistration } from './loops/repetition.ts';
import { writtenAt } from './loops/turns.ts';
import type { CallEdge, EntryPoint, FunctionId, ProjectGraph, QuerySite } from './projectGraph.ts';

/** What a request to an entry point runs through. */
export interface RequestQueries {
  readonly sites: ReadonlySet<QuerySite>;
  /** The handler among them. */
  readonly functions: ReadonlySet<FunctionId>;
}

/** Functions followed per entry point, so that a large application stays cheap. */
const MAX_VISITS = 2000;

/** Walks down from the handler; what it costs is another question, `cost/requestCost.ts`. */
export function requestQueries(graph: ProjectGraph, entry: EntryPoint): RequestQueries {
  const functions = new Set<FunctionId>([entry.handler.id]);
  for (const id of functions) {
    if (functions.size > MAX_VISITS) break;
    for (const edge of graph.callees(id)) if (!leavesRequest(graph, edge)) functions.add(edge.to);
  }
  return { functions, sites: new Set([...functions].flatMap((id) => graph.sitesIn(id))) };
}

/** The callback is only stored, is another request's handler, or belongs to where it is written and not to the helper that runs it. */
export function leavesRequest(graph: ProjectGraph, edge: CallEdge): boolean {
  const written = writtenAt(graph, edge.to);
  if (written !== null && written.call !== edge.call) return true;
  return isRegistration(graph, edge) || (edge.kind === 'render' && !graph.function(edge.to).fact.async);
}
