import assert from 'node:assert/strict';
import { type Finding, PROOFS, SEVERITIES } from '#shared/finding.ts';
import type { Range } from '#shared/location.ts';

/** What a comment under a line of an example says must be found there. */
export interface Expectation {
  readonly file: string;
  /** 1-based, in the text without expectation comments; columns as in findings. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  /** Rule id, or `related` for a place some finding must point to. */
  readonly rule: string;
  readonly severity: string | null;
  readonly proof: string | null;
  /** Text the message must contain. */
  readonly says: string | null;
}

const COMMENT =
  /^(?<open>\s*(?:\/\/|\{?\/\*))(?<gap><?\s*)(?<carets>\^+)\s+(?<rule>[a-z][a-z0-9-]*)(?<words>(?:\s+[a-z]+)*)(?:\s+"(?<says>[^"]*)")?\s*(?:\*\/\}?)?\s*$/;

/** Takes the expectation comments out of a file's text, so that it is analysed as its author would have written it. */
export function readExpectations(file: string, text: string): { text: string; expectations: readonly Expectation[] } {
  const kept: string[] = [];
  const expectations: Expectation[] = [];
  for (const line of text.split('\n')) {
    const match = COMMENT.exec(line);
    if (match?.groups) expectations.push(toExpectation(match.groups, file, kept));
    else kept.push(line);
  }
  return { text: kept.join('\n'), expectations };
}

function toExpectation(groups: Record<string, string>, file: string, above: readonly string[]): Expectation {
  const { open = '', gap = '', carets = '', rule = '', words = '', says } = groups;
  const code = above.at(-1) ?? '';
  const known = words.trim() === '' ? [] : words.trim().split(/\s+/);
  const strange = known.find((word) => ![...SEVERITIES, ...PROOFS].some((name) => name === word));
  assert.equal(strange, undefined, `${file}:${above.length}: '${strange}' is neither a severity nor a proof`);
  const toStart = gap.startsWith('<');
  return {
    file,
    line: above.length,
    column: toStart ? code.length - code.trimStart().length + 1 : open.length + gap.length + 1,
    endColumn: open.length + gap.length + carets.length + 1,
    rule,
    severity: known.find((word) => SEVERITIES.some((name) => name === word)) ?? null,
    proof: known.find((word) => PROOFS.some((name) => name === word)) ?? null,
    says: says ?? null,
  };
}

/** Fails unless the findings stand exactly where the comments underline, with what they say; prints both sides as comments. */
export function assertExpected(
  files: Readonly<Record<string, string>>,
  expectations: readonly Expectation[],
  findings: readonly Finding[],
): void {
  const places = expectations.filter(({ rule }) => rule !== 'related');
  const left = [...findings];
  const missing = places.filter((expected) => {
    const index = left.findIndex((finding) => agrees(expected, finding, files));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const related = expectations.filter(({ rule }) => rule === 'related');
  missing.push(...related.filter((expected) => !findings.some((finding) => pointsTo(expected, finding, files))));
  if (missing.length === 0 && left.length === 0) return;
  assert.fail(
    [
      ...missing.map((expected) => `expected, not found\n${drawExpectation(expected, files)}`),
      ...left.map((finding) => `found, not expected\n${drawFinding(finding, files)}`),
    ].join('\n\n'),
  );
}

function agrees(expected: Expectation, finding: Finding, files: Readonly<Record<string, string>>): boolean {
  return (
    expected.rule === finding.rule &&
    sameRange(expected, finding.file, finding, files) &&
    (expected.severity ?? finding.severity) === finding.severity &&
    (expected.proof ?? finding.proof) === finding.proof &&
    finding.message.includes(expected.says ?? '')
  );
}

function pointsTo(expected: Expectation, finding: Finding, files: Readonly<Record<string, string>>): boolean {
  return finding.related.some(
    (place) => sameRange(expected, place.file, place, files) && place.message.includes(expected.says ?? ''),
  );
}

/** A range over several lines is underlined to the end of its first line. */
function sameRange(
  expected: Expectation,
  file: string,
  range: Range,
  files: Readonly<Record<string, string>>,
): boolean {
  if (expected.file !== file || expected.line !== range.line || expected.column !== range.column) return false;
  return expected.endColumn === lastColumn(file, range, files);
}

function lastColumn(file: string, range: Range, files: Readonly<Record<string, string>>): number {
  return range.endLine === range.line ? range.endColumn : lineOf(files, file, range.line).trimEnd().length + 1;
}

function drawFinding(finding: Finding, files: Readonly<Record<string, string>>): string {
  const { file, line, column } = finding;
  const endColumn = lastColumn(file, finding, files);
  const words = `${finding.rule} ${finding.severity} ${finding.proof}`;
  return `${draw(files, file, { line, column, endColumn }, words)}\n${finding.message}`;
}

function drawExpectation(expected: Expectation, files: Readonly<Record<string, string>>): string {
  const words = [expected.rule, expected.severity, expected.proof, expected.says && `"${expected.says}"`];
  return draw(files, expected.file, expected, words.filter(Boolean).join(' '));
}

/** The code line with a comment below it that may be pasted into the example. */
function draw(
  files: Readonly<Record<string, string>>,
  file: string,
  at: { readonly line: number; readonly column: number; readonly endColumn: number },
  words: string,
): string {
  const code = lineOf(files, file, at.line);
  const carets =
    at.column > 2
      ? `//${' '.repeat(at.column - 3)}${'^'.repeat(Math.max(1, at.endColumn - at.column))}`
      : `//<${'^'.repeat(Math.max(1, at.endColumn - 4))}`;
  return `${file}:${at.line}:${at.column}\n${code}\n${carets} ${words}`;
}

function lineOf(files: Readonly<Record<string, string>>, file: string, line: number): string {
  return files[file]?.split('\n')[line - 1] ?? '';
}
