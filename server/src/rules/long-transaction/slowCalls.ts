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

/** What a transaction's callback waits for, and all functions it runs as they stand in it. */
export interface InTransaction {
  readonly slow: readonly SlowCall[];
  readonly inPlace: ReadonlySet<FunctionId>;
}

/** Each call of the callback that is slow, or leads to something slow by the shortest way. */
export function slowIn(graph: ProjectGraph, body: FunctionId): InTransaction {
  const slow: SlowCall[] = [];
  const inPlace = new Set<FunctionId>([body]);
  for (const id of inPlace) {
    slow.push(...slowAt(graph, id));
    for (const edge of graph.callees(id)) {
      if (!runsHere(graph, edge) || inPlace.has(edge.to)) continue;
      const below = isInPlace(graph, edge) ? null : nearestSlow(graph, edge.to);
      if (below) slow.push({ ...below, steps: [edge, ...below.steps] });
      else if (isInPlace(graph, edge)) inPlace.add(edge.to);
    }
  }
  return { slow, inPlace };
}

const MAX_STEPS = 7;
const MAX_VISITS = 300;

interface Way {
  readonly at: FunctionId;
  readonly steps: readonly CallEdge[];
}

function nearestSlow(graph: ProjectGraph, from: FunctionId): SlowCall | null {
  return graph.remember(graph.function(from), 'slow call it waits for', () => searchSlow(graph, from));
}

function searchSlow(graph: ProjectGraph, from: FunctionId): SlowCall | null {
  const visited = new Set<FunctionId>([from]);
  const queue: Way[] = [{ at: from, steps: [] }];
  for (let visits = 0; queue.length > 0 && visits < MAX_VISITS; visits++) {
    const way = queue.shift() as Way;
    const [own] = slowAt(graph, way.at);
    if (own) return { ...own, steps: way.steps };
    for (const edge of graph.callees(way.at)) {
      if (visited.has(edge.to) || way.steps.length >= MAX_STEPS || !runsHere(graph, edge)) continue;
      visited.add(edge.to);
      queue.push({ at: edge.to, steps: isInPlace(graph, edge) ? way.steps : [...way.steps, edge] });
    }
  }
  return null;
}

/** Slow calls in a function's own body. */
function slowAt(graph: ProjectGraph, id: FunctionId): readonly SlowCall[] {
  const { facts, file, fact } = graph.function(id);
  return facts.calls.flatMap((call): readonly SlowCall[] => {
    const service = call.function === fact.index && !isOnFailure(call) ? serviceAt(graph, facts, call) : null;
    const isPause = service === TIMER && call.loops.some((loop) => facts.loops[loop]?.shape.kind === 'retry');
    return service && !isPause && isWaitedFor(facts, call) ? [{ service, file, call, steps: [] }] : [];
  });
}

function isInPlace(graph: ProjectGraph, { kind, to }: CallEdge): boolean {
  return kind === 'callback' && graph.function(to).fact.argumentOf !== null;
}

function runsHere(graph: ProjectGraph, { kind, call, from }: CallEdge): boolean {
  const { facts } = graph.function(from);
  const name = call.callee.path.at(-1) ?? nameOf(facts, call.callee);
  return kind !== 'render' && !LATER.test(name) && !isOnFailure(call) && isWaitedFor(facts, call);
}

/** What is done when something went wrong is no part of how long a transaction takes. */
function isOnFailure({ branches }: CallFact): boolean {
  return branches.some(({ kind }) => kind === 'catch');
}

/** What is handed to these runs after they have answered, or when something went wrong. */
const LATER =
  /^(?:after|waitUntil|defer|setTimeout|setImmediate|nextTick|queueMicrotask|on|once|subscribe|afterCommit|onCommit|catch)$/;

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
