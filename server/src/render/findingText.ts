import type { Finding, Fix } from '#shared/finding.ts';

/** A fix in words, with how it can be applied. */
export function fixText({ title, safety, edits }: Fix): string {
  if (edits.length === 0) return title;
  return safety === 'safe' ? `${title} (safe: --fix applies it)` : `${title} (look it over: your editor offers it)`;
}

/** `path:line:column`, which terminals and editors turn into a link. */
export function placeText({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  return `${file}:${line}:${column}`;
}
