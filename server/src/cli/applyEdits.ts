import type { Finding } from '#shared/finding.ts';
import type { TextEdit } from '#shared/location.ts';

/** Texts after the safe fixes of the findings, by file; of fixes that overlap the first one is taken and the rest wait for the next pass. */
export function applySafeFixes(
  findings: readonly Finding[],
  read: (file: string) => string | null,
): ReadonlyMap<string, string> {
  const taken: TextEdit[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(({ safety, edits }) => safety === 'safe' && edits.length > 0);
    if (fix && !fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...fix.edits);
  }
  const files = new Set(taken.map(({ file }) => file));
  return new Map(
    [...files].map((file) => [
      file,
      applyEdits(
        read(file) ?? '',
        taken.filter((edit) => edit.file === file),
      ),
    ]),
  );
}

/** Edits of one file, none overlapping, applied from the end so that earlier spans keep their place. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  if (a.file !== b.file) return false;
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}
