import type { Range as LspRange, Position } from 'vscode-languageserver/node';

/** Whether a position lies in a range, its ends included: a cursor behind the last letter is still at the word. */
export function holds({ start, end }: LspRange, position: Position): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}

/** Whether two ranges share a place, be it an end. */
export function touches(one: LspRange, other: LspRange): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
