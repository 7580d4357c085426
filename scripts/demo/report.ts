import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import type { Measurement } from '#shared/measurement.ts';

/** A finding about a call that was measured. */
export interface Measured {
  /** `examples/shop/src/services/orders.ts:15:28`, as reports say it. */
  readonly at: string;
  readonly rule: string;
  readonly call: string;
  readonly measurement: Measurement;
  readonly totalMs: number;
}

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly model: string | null;
    readonly operation: string | null;
    readonly measurement: Measurement | null;
  }[];
}

/** From the report as JSON on a folder, those first whose calls took the most time together. */
export function measuredFindings(json: string, folder: string): readonly Measured[] {
  const { findings }: Report = JSON.parse(json);
  return findings
    .flatMap(({ rule, file, line, column, model, operation, measurement }) =>
      measurement === null
        ? []
        : {
            ...{
              at: `${folder}/${file}:${line}:${column}`,
              rule,
              call: [model, operation].filter(Boolean).join('.'),
              measurement,
            },
            totalMs: measurement.calls * measurement.meanMs,
          },
    )
    .sort((a, b) => b.totalMs - a.totalMs);
}

/** The printed report in parts: each finding by its place, and what is said at the end of all. */
export function splitReport(text: string): { readonly blocks: ReadonlyMap<string, string>; readonly summary: string } {
  const blocks = new Map<string, string>();
  const parts = text.trimEnd().split(/\n\n(?=\S)/);
  // What took the most time is told by the table.
  const summary = (parts.pop() ?? '').split('\nmost time went to')[0] ?? '';
  for (const part of parts) {
    const [at = ''] = stripVTControlCharacters(part).split(/\s/, 1);
    blocks.set(at, part.trimEnd());
  }
  return { blocks, summary };
}

const HEADINGS = ['waited', 'calls', 'a request', 'p50', 'p95', 'rule', 'call', 'where'];

/** A line for each, in columns. */
export function measuredTable(measured: readonly Measured[], folder: string): string {
  const rows = measured.map(({ at, rule, call, totalMs, measurement: { calls, perRequest, p50Ms, p95Ms } }) => [
    milliseconds(totalMs),
    String(calls),
    perRequest === null ? '' : String(Math.round(perRequest * 10) / 10),
    milliseconds(p50Ms),
    milliseconds(p95Ms),
    rule,
    call,
    at.replace(/:\d+$/, '').replace(`${folder}/`, ''),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => (column < NUMBERS ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ')}`.trimEnd();
  return [pc.dim(line(HEADINGS)), ...rows.map(line)].join('\n');
}

/** Columns that hold numbers stand to the right. */
const NUMBERS = 5;

function milliseconds(ms: number | null): string {
  if (ms === null) return '';
  return `${ms >= 10 ? Math.round(ms) : Number(ms.toPrecision(2))} ms`;
}
