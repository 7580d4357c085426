import { type CallEdge, type FunctionId, functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference } from '#syntax/values.ts';
import { FETCH, type Service, serviceOf, TIMER } from './services.ts';
import { isWaitedFor } from './waiting.ts';

/** Something slow that a transaction waits for. */
export interface SlowCall {
  readonly service: Service;
  /** The call that leaves the process, or sleeps. */
  readonly file: string;
  readonly call: CallFact;
  /** Calls from the transaction's callback to it, outermost first; callbacks written in place are none. */
  readonly steps: readonly CallEdge[];
}

const MAX_STEPS = 8;
const MAX_VISITS = 400;

interface Way {
  readonly at: FunctionId;
  readonly steps: readonly CallEdge[];
}

/** The nearest slow call on each way out of a function, by what is waited for; `visited` are all functions that run. */
export function slowCalls(
  graph: ProjectGraph,
  from: FunctionId,
): { readonly found: readonly SlowCall[]; readonly visited: ReadonlySet<FunctionId> } {
  const found: SlowCall[] = [];
  const visited = new Set<FunctionId>([from]);
  const queue: Way[] = [{ at: from, steps: [] }];
  for (let visits = 0; queue.length > 0 && visits < MAX_VISITS; visits++) {
    const way = queue.shift() as Way;
    const { facts, file, fact } = graph.function(way.at);
    for (const call of facts.calls) {
      const service = call.function === fact.index ? serviceAt(graph, facts, call) : null;
      if (service && isWaitedFor(facts, call)) found.push({ service, file, call, steps: way.steps });
    }
    for (const edge of graph.callees(way.at)) {
      if (visited.has(edge.to) || way.steps.length >= MAX_STEPS || !runsHere(graph, edge)) continue;
      visited.add(edge.to);
      const inPlace = edge.kind === 'callback' && graph.function(edge.to).fact.argumentOf !== null;
      queue.push({ at: edge.to, steps: inPlace ? way.steps : [...way.steps, edge] });
    }
  }
  return { found, visited };
}

function runsHere(graph: ProjectGraph, { kind, call, from }: CallEdge): boolean {
  const { facts } = graph.function(from);
  return (
    kind !== 'render' && !LATER.test(call.callee.path.at(-1) ?? nameOf(facts, call.callee)) && isWaitedFor(facts, call)
  );
}

/** What is handed to these runs after they have answered. */
const LATER =
  /^(?:after|waitUntil|defer|setTimeout|setImmediate|nextTick|queueMicrotask|on|once|subscribe|afterCommit|onCommit)$/;

function nameOf(facts: FileFacts, { root }: Reference): string {
  if (root.kind === 'global') return root.name;
  return root.kind === 'import' ? (facts.imports[root.import]?.name ?? '') : '';
}

function serviceAt(graph: ProjectGraph, facts: FileFacts, call: CallFact): Service | null {
  if (call.kind === 'new') return isTimer(facts, call) ? TIMER : null;
  if (call.kind !== 'call') return null;
  if (isFetch(call.callee)) return FETCH;
  for (const member of graph.outside(facts.path, call.index)) {
    const service = serviceOf(member);
    if (service) return service;
  }
  return null;
}

function isFetch({ root, path }: Reference): boolean {
  if (root.kind !== 'global') return false;
  return /^(?:(?:globalThis|window|self)\.)?\$?fetch$/.test([root.name, ...path].join('.'));
}

/** `new Promise((done) => setTimeout(done, 500))` */
function isTimer(facts: FileFacts, { callee: { root }, arguments: given }: CallFact): boolean {
  const [executor] = given;
  if (root.kind !== 'global' || root.name !== 'Promise' || executor?.kind !== 'function') return false;
  return facts.calls.some(
    ({ callee, function: owner, arguments: [settle] }) =>
      owner === executor.function &&
      callee.root.kind === 'global' &&
      callee.root.name === 'setTimeout' &&
      settle?.kind === 'reference' &&
      settle.to.root.kind === 'parameter' &&
      settle.to.root.function === executor.function,
  );
}

/** Functions an interactive transaction runs, with the calls that hand them over where a helper begins it. */
export function transactionBodies(graph: ProjectGraph, facts: FileFacts, call: CallFact): readonly FunctionId[] {
  const [callback] = call.arguments;
  if (!callback || callback.kind === 'array' || callback.kind === 'object') return [];
  if (callback.kind === 'reference' && callback.to.root.kind === 'parameter' && callback.to.path.length === 0)
    return handedTo(graph, functionId(facts.path, callback.to.root.function), callback.to.root.index);
  const from = functionId(facts.path, call.function);
  return graph
    .callees(from)
    .filter((edge) => edge.kind === 'callback' && edge.call === call)
    .map(({ to }) => to);
}

/** What callers hand to a parameter: the bodies of `inTransaction(async (tx) => …)`. */
function handedTo(graph: ProjectGraph, id: FunctionId, parameter: number): readonly FunctionId[] {
  return graph.callers(id).flatMap(({ call, from, kind }) => {
    const given = kind === 'call' ? call.arguments[parameter] : undefined;
    return given?.kind === 'function' ? [functionId(graph.function(from).file, given.function)] : [];
  });
}
