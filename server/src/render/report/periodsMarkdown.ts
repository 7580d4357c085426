import type { PeriodFigures, Periods } from '#shared/periods.ts';
import { perRequestText } from '#words/measurementText.ts';
import { compactCount, dateText, hourText, msText } from '#words/quantities.ts';
import type { Changed } from '#words/whatChanged.ts';
import { inlineMarkdown, tableMarkdown } from '../markdown.ts';

/** What queries and routes were and are. */
export function changedTable(changed: readonly Changed[]): string {
  return tableMarkdown(
    ['query or route', 'before and after', 'since', 'place'],
    changed.map(({ name, text, why, file, line }) => [`\`${name}\``, text, inlineMarkdown(why), `\`${file}:${line}\``]),
  );
}

/** What ran under each deploy, the newest first. */
export function deployTable({ deploys, slowMs }: Periods, rows: number): string {
  return tableMarkdown(
    ['deploy', 'first seen', 'last seen', ...FIGURES, `over ${msText(slowMs)}`, 'calls in one request'],
    deploys
      .toReversed()
      .slice(0, rows)
      .map(({ name, firstSeen, lastSeen, callsPerRequest, ...figures }) => [
        name === null ? 'not known' : `\`${name}\``,
        hourText(firstSeen),
        hourText(lastSeen),
        ...figureCells(figures),
        callsPerRequest === null ? '' : perRequestText(callsPerRequest),
      ]),
  );
}

/** How it went, the newest stretch first. */
export function trendTable({ points, step, slowMs }: Periods, rows: number): string {
  return tableMarkdown(
    [step, ...FIGURES, `over ${msText(slowMs)}`],
    points
      .toReversed()
      .slice(0, rows)
      .map(({ from, ...figures }) => [step === 'hour' ? hourText(from) : dateText(from), ...figureCells(figures)]),
  );
}

const FIGURES = ['executions', 'total', 'p95', 'slowest'];

function figureCells({ executions, totalMs, p95Ms, maxMs, slow }: PeriodFigures): readonly string[] {
  return [compactCount(executions), msText(totalMs), msText(p95Ms), msText(maxMs), compactCount(slow)];
}
