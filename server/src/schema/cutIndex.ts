import type { Span } from '#shared/location.ts';
import { attributeSpan } from './attributeText.ts';
import type { ScannedFile, SchemaLine } from './scanSchema.ts';

/** What to take out of a schema file to drop an index: its line with what would be left empty above it, or the attribute of a field. */
export function cutOfIndex({ text }: ScannedFile, line: SchemaLine, fieldAttribute: string | null): Span | null {
  if (fieldAttribute !== null) return cutOfAttribute(line, fieldAttribute);
  const start = text.lastIndexOf('\n', line.span.start - 1) + 1;
  const end = text.indexOf('\n', line.span.end) + 1 || text.length;
  const isLast = /^\s*\}/.test(text.slice(end));
  const blank = isLast ? /\r?\n([ \t]*\r?\n)$/.exec(text.slice(0, start)) : null;
  return { start: start - (blank?.[1]?.length ?? 0), end };
}

function cutOfAttribute({ span, text }: SchemaLine, name: string): Span | null {
  const found = attributeSpan(text, name);
  if (found === null) return null;
  const before = /\s*$/.exec(text.slice(0, found.start))?.[0].length ?? 0;
  return { start: span.start + found.start - before, end: span.start + found.end };
}
