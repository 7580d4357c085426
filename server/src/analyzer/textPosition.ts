import type { Range, Span } from '#shared/location.ts';

/** Offsets of the first character of each line; CRLF, LF and lone CR all end a line, as in the TypeScript scanner. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r|\u2028|\u2029/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** A span as a person reads it: lines and columns from 1. */
export function toRange(span: Span, lineStarts: readonly number[]): Range {
  const start = toPosition(span.start, lineStarts);
  const end = toPosition(Math.max(span.start, span.end), lineStarts);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

export function toPosition(offset: number, lineStarts: readonly number[]): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
