import type { Finding, Fix } from '#shared/finding.ts';
import type { TextEdit } from '#shared/location.ts';
import { countSyntaxErrors } from '#syntax/syntaxErrors.ts';

type Read = (file: string) => string | null;

/** Texts after the safe fixes of the findings, by file; of fixes that overlap the first one is taken and the rest wait for the next pass. */
export function applySafeFixes(findings: readonly Finding[], read: Read): ReadonlyMap<string, string> {
  const taken: TextEdit[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(({ safety, edits }) => safety === 'safe' && edits.length > 0);
    if (!fix || fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) continue;
    if (keepsFilesWhole(fix, read)) taken.push(...fix.edits);
  }
  return textsAfter(taken, read);
}

/** Whether code still parses as well as before: no fix is applied or offered for which this does not hold. */
export function keepsFilesWhole({ edits }: Fix, read: Read): boolean {
  return [...textsAfter(edits, read)].every(
    ([file, text]) =>
      !/\.[cm]?[jt]sx?$/.test(file) || countSyntaxErrors(file, text) <= countSyntaxErrors(file, read(file) ?? ''),
  );
}

/** Edits of one file, none overlapping, applied from the end so that earlier spans keep their place. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}

function textsAfter(edits: readonly TextEdit[], read: Read): ReadonlyMap<string, string> {
  const byFile = Map.groupBy(edits, ({ file }) => file);
  return new Map([...byFile].map(([file, list]) => [file, applyEdits(read(file) ?? '', list)]));
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.file === b.file && a.span.start <= b.span.end && b.span.start <= a.span.end;
}
