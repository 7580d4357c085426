import { type Range as LspRange, type Position, PositionEncodingKind } from 'vscode-languageserver/node';
import { lineStartsOf, positionAt } from '#analyzer/textPosition.ts';
import type { Range, Span } from '#shared/location.ts';
import type { PositionEncoding } from './clientAbilities.ts';

/** Places in one text, as the engine counts them and as the client does: the protocol knows fewer line ends than TypeScript, and maybe bytes. */
export interface TextPlaces {
  /** A person's range, lines and columns from 1, in the protocol's terms. */
  range(range: Range): LspRange;
  /** Offsets in the protocol's terms. */
  spanRange(span: Span): LspRange;
  /** Where a position of the client lies, in UTF-16 code units from the start. */
  offset(position: Position): number;
}

/** The places of a text; made once per text and asked often. */
export function textPlaces(text: string, encoding: PositionEncoding): TextPlaces {
  const lines = protocolLines(text);
  const bytes = encoding === PositionEncodingKind.UTF8;
  const position = (offset: number): Position => {
    const { line, column } = positionAt(lines, Math.min(offset, text.length));
    const start = lines[line - 1] ?? 0;
    return { line: line - 1, character: bytes ? Buffer.byteLength(text.slice(start, offset)) : column - 1 };
  };
  const spanRange = ({ start, end }: Span) => ({ start: position(start), end: position(end) });
  const engineLines = /[\u2028\u2029]/.test(text) ? lineStartsOf(text) : lines;
  const offsetOf = (line: number, column: number) => (engineLines[line - 1] ?? text.length) + column - 1;
  return {
    range: (range) =>
      spanRange({ start: offsetOf(range.line, range.column), end: offsetOf(range.endLine, range.endColumn) }),
    spanRange,
    offset: ({ line, character }) => {
      const start = lines[line];
      if (start === undefined) return text.length;
      const rest = text.slice(start, lines[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
      return start + Math.min(rest.length, bytes ? unitsOf(rest, character) : character);
    },
  };
}

/** The places of many texts, each made once until the texts change. */
export function createPlaces(read: (file: string) => string, encoding: PositionEncoding) {
  const known = new Map<string, TextPlaces>();
  return {
    clear: () => known.clear(),
    of: (file: string): TextPlaces => {
      const places = known.get(file) ?? textPlaces(read(file), encoding);
      known.set(file, places);
      return places;
    },
  };
}

/** Offsets of the lines as the protocol cuts them. */
function protocolLines(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** How many UTF-16 code units the first so many bytes of UTF-8 are. */
function unitsOf(text: string, bytes: number): number {
  return Buffer.from(text).subarray(0, bytes).toString().length;
}
