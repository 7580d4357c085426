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

/** The files with a function that runs a query or leads to one. */
export function filesReachingQuery(graph: ProjectGraph): ReadonlySet<string> {
  return reachingOf(graph).files;
}

const REACHING: Table<true> = {
  name: 'reaches a query',
  read: (graph) => reachingOf(graph).functions,
  same: () => true,
};

interface Reaching {
  /** Functions with queries of their own. */
  readonly asking: ReadonlySet<FunctionId>;
  readonly functions: ReadonlyMap<string, true>;
  readonly files: ReadonlySet<string>;
}

const known = new WeakMap<ProjectGraph['shape'], Reaching>();

/** It hangs on nothing but which functions have queries and which call each other. */
function reachingOf(graph: ProjectGraph): Reaching {
  const asking = new Set(graph.sites.map((site) => site.function.id));
  const before = known.get(graph.shape);
  if (before && before.asking.size === asking.size && [...asking].every((id) => before.asking.has(id))) return before;
  const functions = new Map<string, true>();
  const files = new Set<string>();
  const queue = [...asking];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (functions.has(id)) continue;
    functions.set(id, true);
    files.add(graph.function(id).file);
    for (const { from } of graph.callers(id)) queue.push(from);
  }
  const reaching = { asking, functions, files };
  known.set(graph.shape, reaching);
  return reaching;
}
