import {
  type CallEdge,
  type EntryPoint,
  type FunctionId,
  type FunctionNode,
  functionId,
  type ProjectGraph,
} from '#graph/projectGraph.ts';
import { entryOf, isHandler } from '#graph/reach.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import { groundsOf } from './givenBy.ts';
import { isKept, sameClient } from './made.ts';

/** A client that lives no longer than a call of a function. */
export interface PerCall {
  /** What reaches it, null where nobody known does. */
  readonly entry: EntryPoint | null;
  /** Calls from the function that uses the client to the one that makes it. */
  readonly steps: readonly CallEdge[];
  /** It is made from something the function is handed. */
  readonly byParameter: boolean;
}

/** Longest chain of functions that hand a client on. */
const MAX_STEPS = 5;
/** What is called like this runs once, when the program starts. */
const STARTING = /^(?:main|run|start|boot|bootstrap|init|initialize|setup|seed|connect|migrate|onModuleInit|register)/i;

/** Null where the client is kept, made once, or cannot be shared because an edge runtime hands its connection to each request. */
export function perCall(graph: ProjectGraph, facts: FileFacts, made: CallFact): PerCall | null {
  const grounds = groundsOf(graph, facts, made);
  if (grounds.binding) return null;
  const way = followUp(graph, facts, made, []);
  return way && { ...way, byParameter: grounds.parameter };
}

function followUp(
  graph: ProjectGraph,
  facts: FileFacts,
  made: CallFact,
  steps: readonly CallEdge[],
): Omit<PerCall, 'byParameter'> | null {
  const node = graph.function(functionId(facts.path, made.function));
  if (made.function === 0 || node.role !== 'app' || isKept(facts, made) || isHandedIn(graph, node)) return null;
  const isSetUp = node.fact.name === 'constructor' || node.fact.directives.includes('use cache');
  if (isSetUp) return null;
  if (!isReturned(facts, made, node.fact.index)) return usedIn(graph, node, made, steps);
  if (steps.length === MAX_STEPS) return null;
  for (const edge of graph.callers(node.id)) {
    const { facts: caller } = graph.function(edge.from);
    if (edge.kind !== 'call' || steps.includes(edge) || groundsOf(graph, caller, edge.call).binding) continue;
    const found = followUp(graph, caller, edge.call, [edge, ...steps]);
    if (found) return found;
  }
  return null;
}

function usedIn(
  graph: ProjectGraph,
  node: FunctionNode,
  made: CallFact,
  steps: readonly CallEdge[],
): Omit<PerCall, 'byParameter'> | null {
  const entry = entryOf(graph, node.id);
  if (entry) return entry.fact.kind === 'command' ? null : { entry, steps };
  const isQuiet =
    STARTING.test(node.fact.name ?? '') ||
    runsAtStart(graph, node.id) ||
    !isThrownAway(node, sameClient(node.facts, made));
  return isQuiet ? null : { entry: null, steps };
}

/** It connects and disconnects; what does not may well be made once. */
function isThrownAway({ facts, fact }: FunctionNode, clients: ReadonlySet<number>): boolean {
  return facts.calls.some(
    ({ callee: { root, path }, function: at }) =>
      root.kind === 'call' && clients.has(root.call) && path[0] === '$disconnect' && at === fact.index,
  );
}

/** The callback of something that may keep what it gives: `once(() => new PrismaClient())`. */
function isHandedIn(graph: ProjectGraph, { id, fact }: FunctionNode): boolean {
  if (isHandler(graph, id)) return false;
  return fact.argumentOf !== null || graph.callers(id).some(({ kind }) => kind === 'callback');
}

function isReturned(facts: FileFacts, made: CallFact, index: number): boolean {
  return [...sameClient(facts, made)].some((call) =>
    facts.calls[call]?.usage.some((use) => use.kind === 'return' && use.function === index && use.path.length === 0),
  );
}

/** Some way up ends in a module body, which runs once. */
function runsAtStart(graph: ProjectGraph, id: FunctionId): boolean {
  const seen = new Set<FunctionId>([id]);
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const { from } of graph.callers(next)) {
      if (graph.function(from).fact.index === 0 || graph.function(from).role !== 'app') return true;
      if (!seen.has(from)) queue.push(from);
      seen.add(from);
    }
  }
  return false;
}
