import { callsText } from '#words/measurementText.ts';
import { agoText, msText } from '#words/quantities.ts';

/** What was seen of a model where the line is not known. */
export interface ModelMeasured {
  /** `Order.findMany`; empty for SQL on its table that several calls send. */
  readonly name: string;
  readonly calls: number;
  readonly meanMs: number;
  readonly maxMs: number;
  /** In milliseconds since 1970. */
  readonly lastSeen: number;
}

/** What a model shows of executions that are of no one line, as Markdown; empty where there are none. */
export function modelHover(model: string, seen: readonly ModelMeasured[], now: number): string {
  if (seen.length === 0) return '';
  const lines = seen.map(
    ({ name, calls, meanMs, maxMs, lastSeen }) =>
      `- ${name === '' ? 'SQL that several calls send' : `\`${name}\``}: mean ${msText(meanMs)}, slowest ${msText(maxMs)} (${callsText(calls)}, last seen ${agoText(lastSeen, now)})`,
  );
  return [`**Measured of \`${model}\`, of which line is not known:**`, lines.join('\n'), WHY].join('\n\n');
}

const WHY = 'Tags in the SQL, as `@querylens/probe` writes them, tell which call each of these was.';
