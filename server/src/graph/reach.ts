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
  const place = graph.lookUp(REACHED, id);
  return (place === undefined ? null : graph.lookUp(ENTRIES, place)) ?? null;
}

/** Whether somebody waits for what the function does. */
export function occasionOf(graph: ProjectGraph, id: FunctionId): Occasion {
  const place = graph.lookUp(REACHED, id);
  return (place === undefined ? null : graph.lookUp(OCCASIONS, place)) ?? 'unknown';
}

/** Whether a function answers an entry point. */
export function isHandler(graph: ProjectGraph, id: FunctionId): boolean {
  return graph.lookUp(HANDLERS, id) !== undefined;
}

/** The entry point a function answers itself. */
export function answeredBy(graph: ProjectGraph, id: FunctionId): EntryPoint | null {
  return graph.lookUp(ANSWERED, id) ?? null;
}

/** By function: the place among the entry points of the one that reaches it. */
const REACHED: Table<string> = { name: 'reached', read: reachAll, same: (a, b) => a === b };

const ENTRIES: Table<EntryPoint> = {
  name: 'entry',
  read: ({ entryPoints }) => new Map(entryPoints.map((entry, place) => [`${place}`, entry])),
  same: (a, b) => a === b,
};

/** By itself, because it holds through most edits of the entry point. */
const OCCASIONS: Table<Occasion> = {
  name: 'occasion',
  read: ({ entryPoints }) =>
    new Map(entryPoints.map(({ fact }, place) => [`${place}`, WAITED_FOR.has(fact.kind) ? 'request' : 'job'])),
  same: (a, b) => a === b,
};

const HANDLERS: Table<true> = {
  name: 'handler',
  read: (graph) => new Map(graph.entryPoints.map(({ handler }) => [handler.id, true])),
  same: () => true,
};

/** By function: the first entry point it answers. */
const ANSWERED: Table<EntryPoint> = {
  name: 'answered',
  read: (graph) => new Map(graph.entryPoints.map((entry) => [entry.handler.id, entry] as const).reverse()),
  same: (a, b) => a === b,
};

const known = new WeakMap<object, ReadonlyMap<FunctionId, string>>();

function reachAll(graph: ProjectGraph): ReadonlyMap<FunctionId, string> {
  const done = known.get(graph.shape);
  if (done) return done;
  const reached = new Map<FunctionId, string>();
  const waited = ({ fact }: EntryPoint) => WAITED_FOR.has(fact.kind);
  for (const [place, entry] of graph.entryPoints.entries())
    if (waited(entry)) spread(graph, entry, `${place}`, reached);
  for (const [place, entry] of graph.entryPoints.entries())
    if (!waited(entry)) spread(graph, entry, `${place}`, reached);
  known.set(graph.shape, reached);
  return reached;
}

function spread(graph: ProjectGraph, entry: EntryPoint, place: string, reached: Map<FunctionId, string>): void {
  const queue: FunctionId[] = [entry.handler.id];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.set(id, place);
    for (const edge of graph.callees(id)) queue.push(edge.to);
  }
}
