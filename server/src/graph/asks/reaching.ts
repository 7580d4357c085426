import type { FunctionId, ProjectGraph, Table } from '../projectGraph.ts';

/** Whether a function runs a query, itself or through others. */
export function reachesQuery(graph: ProjectGraph, id: FunctionId): boolean {
  return graph.lookUp(REACHING, id) !== undefined;
}

/** The calls of a function that run a query or lead to one, by index. */
export function callsReachingQuery(graph: ProjectGraph, id: FunctionId): ReadonlySet<number> {
  if (!reachesQuery(graph, id)) return new Set();
  const leading = graph.callees(id).filter(({ to }) => reachesQuery(graph, to));
  return new Set([...leading, ...graph.sitesIn(id)].map(({ call }) => call.index));
}

const REACHING: Table<true> = {
  name: 'reaches a query',
  read: (graph) => {
    const found = new Map<string, true>();
    const queue = graph.sites.map((site) => site.function.id);
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (found.has(id)) continue;
      found.set(id, true);
      for (const { from } of graph.callers(id)) queue.push(from);
    }
    return found;
  },
  same: () => true,
};
