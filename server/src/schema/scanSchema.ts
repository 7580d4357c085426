import type { Span } from '#shared/location.ts';

export type BlockKind = 'model' | 'view' | 'enum' | 'type' | 'datasource' | 'generator';

/** One line inside a block: a field, an attribute or a setting, without comments and outer blanks. */
export interface SchemaLine {
  readonly span: Span;
  readonly text: string;
  /** First word: a field's name, `@@index`, a setting's key. */
  readonly word: string;
}

export interface SchemaBlock {
  readonly kind: BlockKind;
  readonly name: string;
  /** From the keyword to the end of the closing line. */
  readonly span: Span;
  /** The keyword and the name. */
  readonly head: Span;
  readonly lines: readonly SchemaLine[];
  /** Start of the line that closes the block, null when nothing closes it. */
  readonly close: number | null;
}

/** A schema file as far as its text tells without knowing whether it is valid. */
export interface ScannedFile {
  readonly path: string;
  readonly text: string;
  readonly newline: '\n' | '\r\n';
  readonly blocks: readonly SchemaBlock[];
}

/** A block together with the file it is in. */
export interface PlacedBlock {
  readonly file: ScannedFile;
  readonly block: SchemaBlock;
}

const COMMENT_OR_STRING = /"(?:[^"\\\r\n]|\\.)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|\uFEFF/g;
const HEADER = /^\s*((model|view|enum|type|datasource|generator)\s+([\p{L}_][\p{L}\p{N}_-]*))\s*\{/u;
const WORD = /^[^\s(:=]+/;

/** Finds blocks and lines even in a broken file: a block ends at its brace, at the next header, or with the file. */
export function scanSchema(path: string, text: string): ScannedFile {
  const bare = text.replace(COMMENT_OR_STRING, (part) => (part.startsWith('"') ? part : blank(part)));
  const blocks: SchemaBlock[] = [];
  let open: OpenBlock | null = null;
  for (const { start, end } of linesOf(bare)) {
    const line = bare.slice(start, end);
    const header = line.includes('{') ? HEADER.exec(line) : null;
    if (header !== null) {
      if (open !== null) blocks.push(closed(open, start, null));
      open = openBlock(header, start);
    } else if (open !== null && /^\s*\}/.test(line)) {
      blocks.push(closed(open, start + line.indexOf('}') + 1, start));
      open = null;
    } else if (open !== null) addLine(open, line, start);
  }
  if (open !== null) blocks.push(closed(open, text.length, null));
  return { path, text, newline: text.includes('\r\n') ? '\r\n' : '\n', blocks };
}

/** Names of the models, views, types and enums a file defines. */
export function definedNames(file: ScannedFile): readonly string[] {
  return file.blocks.filter(({ kind }) => kind !== 'datasource' && kind !== 'generator').map((block) => block.name);
}

/** The same stretch of text with nothing in it: offsets and line numbers after it stay as they are. */
export function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** Blanks some spans of a text. */
export function blankSpans(text: string, spans: readonly Span[]): string {
  let result = text;
  for (const { start, end } of spans)
    result = result.slice(0, start) + blank(result.slice(start, end)) + result.slice(end);
  return result;
}

interface OpenBlock {
  readonly kind: BlockKind;
  readonly name: string;
  readonly head: Span;
  readonly lines: SchemaLine[];
}

function openBlock(header: RegExpExecArray, lineStart: number): OpenBlock {
  const head = header[1] ?? '';
  const start = lineStart + header[0].indexOf(head);
  return { kind: header[2] as BlockKind, name: header[3] ?? '', head: { start, end: start + head.length }, lines: [] };
}

function closed(block: OpenBlock, end: number, close: number | null): SchemaBlock {
  return { ...block, span: { start: block.head.start, end }, close };
}

function addLine(block: OpenBlock, line: string, lineStart: number): void {
  const text = line.trim();
  if (text === '') return;
  const start = lineStart + line.indexOf(text);
  block.lines.push({ span: { start, end: start + text.length }, text, word: WORD.exec(text)?.[0] ?? '' });
}

function* linesOf(text: string): Generator<Span> {
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield { start, end };
    start = end + 1;
  }
}
