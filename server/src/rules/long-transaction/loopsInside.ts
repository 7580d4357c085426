import { isBatched } from '#graph/batching.ts';
import { describeValue } from '#graph/describe.ts';
import { repetitionsOf } from '#graph/loops/repetition.ts';
import { calleePlace } from '#graph/places.ts';
import { type FunctionId, functionId, type ProjectGraph, type QuerySite } from '#graph/projectGraph.ts';
import type { Location } from '#shared/location.ts';

/** A loop of any length inside a transaction, with a query in it. */
export interface LoopInside {
  readonly place: Location;
  readonly over: string;
  readonly site: QuerySite;
}

/** Loops of the functions that stand in a transaction, with the queries these or what they call make; each loop is told once. */
export function loopsInside(graph: ProjectGraph, inPlace: ReadonlySet<FunctionId>): readonly LoopInside[] {
  const found = new Map<number, LoopInside>();
  if (![...inPlace].some((id) => hasLoop(graph, id))) return [];
  for (const site of sitesBelow(graph, inPlace)) {
    for (const repetition of repetitionsOf(graph, site)) {
      const { by, bound, at } = repetition;
      if (by.kind !== 'loop' || bound.kind !== 'unbounded' || isBatched(graph, repetition)) continue;
      if (!inPlace.has(functionId(by.file, by.loop.function)) || found.has(by.loop.index)) continue;
      const over = describeValue(graph, by.file, by.over) ?? 'a list';
      found.set(by.loop.index, { place: calleePlace(at.file, at.call), over, site });
    }
  }
  return [...found.values()];
}

/** Most transactions have none, and need no look at what they call. */
function hasLoop(graph: ProjectGraph, id: FunctionId): boolean {
  const { facts, fact } = graph.function(id);
  return facts.loops.some((loop) => loop.function === fact.index);
}

/** Functions looked at per transaction. */
const MAX_FUNCTIONS = 60;

function sitesBelow(graph: ProjectGraph, inPlace: ReadonlySet<FunctionId>): readonly QuerySite[] {
  const seen = new Set(inPlace);
  for (const id of seen) {
    for (const { to } of graph.callees(id)) if (seen.size < MAX_FUNCTIONS) seen.add(to);
  }
  return [...seen].flatMap((id) => graph.sitesIn(id));
}
