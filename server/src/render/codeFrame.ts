import type { Severity } from '#shared/finding.ts';
import type { Range } from '#shared/location.ts';
import { type Paint, PLAIN } from './paint.ts';

const TAB = '  ';
const MAX_WIDTH = 140;

/** The lines of a range with one line of context on each side and carets below its first line; long lines are cut around the range. */
export function codeFrame(text: string, range: Range, severity: Severity, paint: Paint = PLAIN): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const first = Math.max(1, range.line - 1);
  const last = Math.min(lines.length, range.line + 1);
  const width = String(last).length;
  const cut = cutAround(lines[range.line - 1] ?? '', range);
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const source = number === range.line ? cut.text : shorten(lines[number - 1] ?? '');
    if (number !== range.line && source.trim() === '') continue;
    const mark = number === range.line ? paint.severity(severity, '>') : ' ';
    frame.push(
      `${mark} ${paint.faint(`${String(number).padStart(width)} |`)} ${source.replaceAll('\t', TAB)}`.trimEnd(),
    );
    if (number === range.line) {
      const carets = paint.severity(severity, '^'.repeat(cut.length));
      frame.push(`  ${' '.repeat(width)} ${paint.faint('|')} ${' '.repeat(cut.indent)}${carets}`);
    }
  }
  return frame;
}

interface Cut {
  readonly text: string;
  /** Columns before the carets, tabs widened. */
  readonly indent: number;
  readonly length: number;
}

function cutAround(line: string, range: Range): Cut {
  const end = range.endLine === range.line ? range.endColumn - 1 : line.trimEnd().length;
  const from = end <= MAX_WIDTH ? 0 : Math.max(0, range.column - 41);
  const text = from === 0 ? shorten(line) : `…${shorten(line.slice(from))}`;
  const before = line.slice(from, range.column - 1).replaceAll('\t', TAB).length + (from === 0 ? 0 : 1);
  const length = Math.max(1, Math.min(end - range.column + 1, MAX_WIDTH - before));
  return { text, indent: before, length };
}

function shorten(line: string): string {
  return line.length <= MAX_WIDTH ? line : `${line.slice(0, MAX_WIDTH - 1)}…`;
}
