import type { Span } from '#shared/location.ts';
import type { FileFacts } from '#syntax/facts.ts';
import { positionAt } from '../places.ts';
import { carried, type Piece } from './draft.ts';

/** New text for a stretch of what is carried over. */
export interface Replacement {
  readonly span: Span;
  readonly by: readonly Piece[];
}

/** Source with some of its parts replaced, its further lines moved by so many columns. */
export function rewritten(
  file: string,
  span: Span,
  replacements: readonly Replacement[],
  shift: number,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = span.start;
  for (const { span: old, by } of replacements.toSorted((a, b) => a.span.start - b.span.start)) {
    if (old.start > at) pieces.push(carried(file, { start: at, end: old.start }, shift));
    pieces.push(...by);
    at = old.end;
  }
  if (span.end > at) pieces.push(carried(file, { start: at, end: span.end }, shift));
  return pieces;
}

/** Characters the pieces make, as far as can be told before they are written. */
export function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => {
    if (typeof piece === 'string') return sum + piece.length;
    return sum + ('fresh' in piece ? (piece.fresh[0]?.length ?? 0) : piece.span.end - piece.span.start);
  }, 0);
}

/** Characters before an offset in its line. */
export function columnOf({ lineStarts }: FileFacts, offset: number): number {
  return positionAt(lineStarts, offset).column - 1;
}

/** Whether no line ends within a piece of text. */
export function isOnOneLine({ lineStarts }: FileFacts, { start, end }: Span): boolean {
  return !lineStarts.some((line) => line > start && line < end);
}

/** A new line that begins in this column. */
export function lineAt({ layout }: FileFacts, column: number): string {
  return `${layout.lineBreak}${layout.indent.repeat(column)}`;
}

/** `;` where the file ends its statements so. */
export function endOf({ layout }: FileFacts): string {
  return layout.semicolons ? ';' : '';
}

/** Columns of one step of indentation. */
export function stepOf({ layout }: FileFacts): number {
  return layout.step;
}
