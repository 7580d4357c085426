import type { EntryPointFact } from '#syntax/facts.ts';
import type { EntryPoint, FunctionId, ProjectGraph } from './projectGraph.ts';

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

const known = new WeakMap<ProjectGraph, ReadonlyMap<FunctionId, EntryPoint>>();

/** The entry point that reaches a function, one with somebody waiting before a job. */
export function entryOf(graph: ProjectGraph, id: FunctionId): EntryPoint | null {
  let reached = known.get(graph);
  if (!reached) {
    reached = reachAll(graph);
    known.set(graph, reached);
  }
  return reached.get(id) ?? null;
}

/** Whether somebody waits for what the function does. */
export function occasionOf(graph: ProjectGraph, id: FunctionId): Occasion {
  const entry = entryOf(graph, id);
  if (!entry) return 'unknown';
  return WAITED_FOR.has(entry.fact.kind) ? 'request' : 'job';
}

function reachAll(graph: ProjectGraph): ReadonlyMap<FunctionId, EntryPoint> {
  const reached = new Map<FunctionId, EntryPoint>();
  const waited = graph.entryPoints.filter((entry) => WAITED_FOR.has(entry.fact.kind));
  const jobs = graph.entryPoints.filter((entry) => !WAITED_FOR.has(entry.fact.kind));
  for (const entry of [...waited, ...jobs]) spread(graph, entry, reached);
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
