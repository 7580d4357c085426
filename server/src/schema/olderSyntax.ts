import type { Span } from '#shared/location.ts';
import { blankSpans, type ScannedFile, type SchemaBlock, type SchemaLine } from './scanSchema.ts';

/** A file's text with what only older versions of Prisma accept, and what we state ourselves, replaced by blanks of equal length. */
export function currentText(file: ScannedFile): string {
  const mark = file.text.startsWith('\uFEFF') ? [{ start: 0, end: 1 }] : [];
  return blankSpans(file.text, [...mark, ...file.blocks.flatMap(outdatedSpans)]);
}

function outdatedSpans(block: SchemaBlock): readonly Span[] {
  if (block.kind === 'datasource' || block.kind === 'generator') return [block.span];
  if (block.kind === 'view') return block.lines.flatMap(viewKey);
  return block.kind === 'model' ? block.lines.flatMap(manyToManyReferences) : [];
}

/** Views could have an `@id` until version 6. */
function viewKey(line: SchemaLine): readonly Span[] {
  return line.word === '@@id' ? [line.span] : part(line, /@id\b(?:\([^)]*\))?/);
}

/** Version 2 wrote `references` on both sides of an implicit many-to-many relation. */
function manyToManyReferences(line: SchemaLine): readonly Span[] {
  if (line.text.includes('fields:') || !/\[\]/.test(line.text)) return [];
  return part(line, /@relation\(\s*references:\s*\[[^\]]*\]\s*\)/).concat(part(line, /,\s*references:\s*\[[^\]]*\]/));
}

function part(line: SchemaLine, pattern: RegExp): Span[] {
  const match = pattern.exec(line.text);
  if (match === null) return [];
  const start = line.span.start + match.index;
  return [{ start, end: start + match[0].length }];
}
