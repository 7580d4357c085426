import type { Finding } from '#shared/finding.ts';
import type { TextEdit } from '#shared/location.ts';

/** The files after the first fix with edits of each finding; equal edits count once, one that overlaps an earlier edit is left out. */
export function applyFixes(
  files: Readonly<Record<string, string>>,
  findings: readonly Finding[],
): Readonly<Record<string, string>> {
  const taken: TextEdit[] = [];
  for (const finding of findings) {
    const edits = fixEdits(finding);
    if (!edits.some((edit) => taken.some((other) => clashes(edit, other))))
      taken.push(...edits.filter((edit) => !taken.some((other) => same(edit, other))));
  }
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      applyEdits(
        text,
        taken.filter((edit) => edit.file === file),
      ),
    ]),
  );
}

export function fixEdits(finding: Finding): readonly TextEdit[] {
  return finding.fixes.find((fix) => fix.edits.length > 0)?.edits ?? [];
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .reverse()
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}

function same(a: TextEdit, b: TextEdit): boolean {
  return a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

function clashes(a: TextEdit, b: TextEdit): boolean {
  return a.file === b.file && !same(a, b) && a.span.start < b.span.end && b.span.start < a.span.end;
}
