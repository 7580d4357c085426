import type { Location } from '#shared/location.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { CallEdge, ProjectGraph } from './projectGraph.ts';

/** A call as a place to look at: from its first word to the name called, without the arguments. */
export function calleePlace(file: string, call: CallFact): Location {
  return { file, span: { start: call.span.start, end: Math.max(call.nameSpan.end, call.span.start) } };
}

/** The place of each call of a chain with the name of what it runs, outermost first. */
export function chainPlaces(graph: ProjectGraph, steps: readonly CallEdge[]): { at: Location; message: string }[] {
  return steps
    .filter((edge) => edge.kind !== 'callback')
    .map((edge) => ({
      at: calleePlace(graph.function(edge.from).file, edge.call),
      message: `calls ${displayName(graph, edge)}`,
    }));
}

function displayName(graph: ProjectGraph, edge: CallEdge): string {
  const { fact } = graph.function(edge.to);
  return `\`${fact.symbol || fact.name || 'a function'}\``;
}
