import type { EntryPointFact } from '#syntax/facts.ts';
import type { EntryPoint, FunctionId, ProjectGraph, Table } from './projectGraph.ts';

/** Where a function's work is done on behalf of: someone waiting for an answer, a job, or nobody known. */
export type Occasion = 'request' | 'job' | 'unknown';

const WAITED_FOR: ReadonlySet<EntryPointFact['kind']> = new Set([
  'route',
  'page',
  'loader',
  'procedure',
  'resolver',
  'action',
  'command',
  'middleware',
]);

/** The entry point that reaches a function, one with somebody waiting before a job. */
export function entryOf(graph: ProjectGraph, id: FunctionId): EntryPoint | null {
  return graph.lookUp(ENTRIES, id) ?? null;
}

/** Whether somebody waits for what the function does. */
export function occasionOf(graph: ProjectGraph, id: FunctionId): Occasion {
  return graph.lookUp(OCCASIONS, id) ?? 'unknown';
}

/** Whether a function answers an entry point. */
export function isHandler(graph: ProjectGraph, id: FunctionId): boolean {
  return graph.lookUp(HANDLERS, id) !== undefined;
}

const ENTRIES: Table<EntryPoint> = { name: 'entry', read: reachAll, same: (a, b) => a === b };

/** By itself, because it holds through most edits of the entry point. */
const OCCASIONS: Table<Occasion> = {
  name: 'occasion',
  read: (graph) =>
    new Map([...reachAll(graph)].map(([id, { fact }]) => [id, WAITED_FOR.has(fact.kind) ? 'request' : 'job'])),
  same: (a, b) => a === b,
};

const HANDLERS: Table<true> = {
  name: 'handler',
  read: (graph) => new Map(graph.entryPoints.map(({ handler }) => [handler.id, true])),
  same: () => true,
};

const known = new WeakMap<ProjectGraph, ReadonlyMap<FunctionId, EntryPoint>>();

function reachAll(graph: ProjectGraph): ReadonlyMap<FunctionId, EntryPoint> {
  const done = known.get(graph);
  if (done) return done;
  const reached = new Map<FunctionId, EntryPoint>();
  const waited = graph.entryPoints.filter((entry) => WAITED_FOR.has(entry.fact.kind));
  const jobs = graph.entryPoints.filter((entry) => !WAITED_FOR.has(entry.fact.kind));
  for (const entry of [...waited, ...jobs]) spread(graph, entry, reached);
  known.set(graph, reached);
  return reached;
}

function spread(graph: ProjectGraph, entry: EntryPoint, reached: Map<FunctionId, EntryPoint>): void {
  const queue: FunctionId[] = [entry.handler.id];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.set(id, entry);
    for (const edge of graph.callees(id)) queue.push(edge.to);
  }
}
