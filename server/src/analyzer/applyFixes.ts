import type { Finding, Fix } from '#shared/finding.ts';
import type { TextEdit } from '#shared/location.ts';
import { countSyntaxErrors } from '#syntax/syntaxErrors.ts';

type Read = (file: string) => string | null;

/** Texts after the safe fixes of the findings, by file. */
export function applySafeFixes(findings: readonly Finding[], read: Read): ReadonlyMap<string, string> {
  return textsAfter(safeEdits(findings, read), read);
}

/** The edits of the findings' safe fixes; of fixes that overlap the first one is taken and the rest wait for the next pass. */
export function safeEdits(findings: readonly Finding[], read: Read): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(({ safety, edits }) => safety === 'safe' && edits.length > 0);
    if (!fix || fix.edits.some((edit) => taken.some((other) => overlap(edit, other)))) continue;
    if (keepsFilesWhole(fix, read)) taken.push(...fix.edits);
  }
  return taken;
}

/** Whether code still parses as well as before: no fix is applied or offered for which this does not hold. */
export function keepsFilesWhole({ edits }: Fix, read: Read): boolean {
  return brokenBy(textsAfter(edits, read), read) === null;
}

/** Texts after one fix, by file, those of files it brings into being included. */
export function textsAfterFix({ edits, creates = [] }: Fix, read: Read): ReadonlyMap<string, string> {
  return new Map([...textsAfter(edits, read), ...creates.map(({ file, text }) => [file, text] as const)]);
}

/** The first file whose code would parse worse than it does now, or null. */
export function brokenBy(texts: ReadonlyMap<string, string>, read: Read): string | null {
  for (const [file, text] of texts) {
    if (!/\.[cm]?[jt]sx?$/.test(file)) continue;
    if (countSyntaxErrors(file, text) > countSyntaxErrors(file, read(file) ?? '')) return file;
  }
  return null;
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
