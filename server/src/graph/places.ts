import type { Location, Span } from '#shared/location.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { CallEdge, ProjectGraph, QuerySite } from './projectGraph.ts';

/** A call as a place to look at: from its first word to the name called, without the arguments. */
export function calleePlace(file: string, call: CallFact): Location {
  return { file, span: { start: call.span.start, end: Math.max(call.nameSpan.end, call.span.start) } };
}

/** A query as a place to look at: of what a builder sends the first step, which names the table. */
export function queryPlace({ file, call, facts, driver }: QuerySite): Location {
  const first = driver?.kind === 'chain' && driver.table ? facts.calls[driver.first] : undefined;
  return first ? { file, span: first.span } : calleePlace(file, call);
}

/** Whether one piece of a file lies within another. */
export function isInside(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Line and column of an offset, both from 1. */
export function positionAt(lineStarts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
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
