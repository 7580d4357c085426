import { positionAt } from '#graph/places.ts';
import type { Range, Span } from '#shared/location.ts';

export { positionAt } from '#graph/places.ts';

/** Offsets of the first character of each line; CRLF, LF and lone CR all end a line, as in the TypeScript scanner. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r|\u2028|\u2029/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** A span as a person reads it: lines and columns from 1. */
export function toRange(span: Span, lineStarts: readonly number[]): Range {
  const start = positionAt(lineStarts, span.start);
  const end = positionAt(lineStarts, Math.max(span.start, span.end));
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
