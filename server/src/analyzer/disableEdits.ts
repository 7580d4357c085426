import type { Finding } from '#shared/finding.ts';
import { commentPlaceAt } from '#syntax/commentPlace.ts';
import { lineStartsOf } from './textPosition.ts';

/** An ignore comment to put in; the author's reason goes between the two parts. */
export interface IgnoreInsertion {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

/** A comment above the finding's line, in the file's own style; null where no comment may stand, as in a template over several lines. */
export function ignoreNextLine({ rule, file, line }: Finding, text: string): IgnoreInsertion | null {
  const offset = lineStartsOf(text)[line - 1];
  if (offset === undefined) return null;
  const indent = /^[ \t]*/.exec(text.slice(offset))?.[0] ?? '';
  const place = isPrisma(file) ? 'code' : commentPlaceAt(file, text, offset);
  if (place === 'none') return null;
  const [open, close] = place === 'jsx' ? ['{/* ', ' */}'] : [`${markOf(file)} `, ''];
  return { offset, before: `${indent}${open}querylens-ignore-next-line ${rule} -- `, after: close + lineBreakOf(text) };
}

/** A comment at the top of the file, below what must come first. */
export function ignoreFile({ rule, file }: Finding, text: string): IgnoreInsertion {
  const offset = /^\uFEFF?(#!.*(\r?\n|$))?/.exec(text)?.[0].length ?? 0;
  return { offset, before: `${markOf(file)} querylens-ignore-file ${rule} -- `, after: lineBreakOf(text) };
}

/** Prisma keeps comments of three strokes with the model they stand in. */
function markOf(file: string): string {
  return isPrisma(file) ? '///' : '//';
}

function isPrisma(file: string): boolean {
  return file.endsWith('.prisma');
}

function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
