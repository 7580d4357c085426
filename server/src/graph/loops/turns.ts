import type { CallFact } from '#syntax/facts.ts';
import { isBatched } from '../batching.ts';
import type { CallEdge, EdgeLoop, FunctionId, ProjectGraph, QuerySite } from '../projectGraph.ts';
import { loopTurns } from './loopTurns.ts';
import { inHeader, repetitionsOf } from './repetition.ts';

/** How often a loop makes its body run: once per element, or so many times as is written down. */
export type Turns = 'each' | number;

/** The loops a query runs in, outermost first, along the way that repeats it most; empty where it runs once. */
export function turnsOf(graph: ProjectGraph, site: QuerySite): readonly Turns[] {
  const ways = repetitionsOf(graph, site)
    .filter((each) => !isBatched(graph, each))
    .map(({ by, at }) => (by.kind === 'loop' ? turnsAround(graph, at.function, at.call) : (['each'] as const)));
  return ways.reduce<readonly Turns[]>((most, way) => (weight(way) > weight(most) ? way : most), []);
}

/** Loops around a call, outermost first, up to the function a person would name: callbacks written in place are seen through. */
function turnsAround(graph: ProjectGraph, id: FunctionId, call: CallFact, depth = 0): readonly Turns[] {
  const own = statementTurns(graph, id, call);
  const edge = depth < MAX_DEPTH ? writtenAt(graph, id) : null;
  return edge ? [...turnsAround(graph, edge.from, edge.call, depth + 1), ...edgeTurns(graph, edge), ...own] : own;
}

/** Loop statements around a call within its function. */
function statementTurns(graph: ProjectGraph, id: FunctionId, call: CallFact): readonly Turns[] {
  const { file, facts } = graph.function(id);
  return call.loops
    .flatMap((index) => facts.loops[index] ?? [])
    .filter((loop) => !inHeader(loop, call))
    .flatMap((loop) => turns(graph, { file, loop, over: loop.over }, file));
}

/** What a call that runs its callback per element adds. */
function edgeTurns(graph: ProjectGraph, edge: CallEdge): readonly Turns[] {
  return edge.loop ? turns(graph, edge.loop, graph.function(edge.from).file) : [];
}

/** Callbacks inside each other that are seen through. */
const MAX_DEPTH = 8;

/** The call a callback is written into, null for functions that stand by themselves. */
export function writtenAt(graph: ProjectGraph, id: FunctionId): CallEdge | null {
  const { fact, file } = graph.function(id);
  const at = fact.argumentOf;
  if (!at) return null;
  const edge = graph.callers(id).find((each) => each.call.index === at.call && graph.function(each.from).file === file);
  return edge ?? null;
}

function turns(graph: ProjectGraph, loop: EdgeLoop, file: string): readonly Turns[] {
  const known = loopTurns(graph, loop, file);
  return known ? [known.written ?? 'each'] : [];
}

function weight(way: readonly Turns[]): number {
  return way.reduce<number>((sum, each) => sum + (each === 'each' ? 1000 : each), 0);
}
