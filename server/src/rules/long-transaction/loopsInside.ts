import { describeValue } from '#graph/describe.ts';
import { isBatched } from '#graph/loops/batching.ts';
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

/** Loops in the functions that a transaction runs, those of other files aside; each is told once. */
export function loopsInside(
  graph: ProjectGraph,
  body: FunctionId,
  visited: ReadonlySet<FunctionId>,
): readonly LoopInside[] {
  const found = new Map<number, LoopInside>();
  const { file: home } = graph.function(body);
  for (const site of [...visited].flatMap((id) => graph.sitesIn(id))) {
    for (const repetition of repetitionsOf(graph, site)) {
      const { by, bound, at } = repetition;
      if (by.kind !== 'loop' || bound.kind !== 'unbounded' || isBatched(graph, repetition)) continue;
      const isInside = by.file === home && visited.has(functionId(by.file, by.loop.function)) && at.file === home;
      if (!isInside || found.has(by.loop.index)) continue;
      const over = describeValue(graph, by.file, by.over) ?? 'a list';
      found.set(by.loop.index, { place: calleePlace(at.file, at.call), over, site });
    }
  }
  return [...found.values()];
}
