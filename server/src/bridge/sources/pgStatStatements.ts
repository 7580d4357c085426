import type { JsonObject } from '#shared/jsonObject.ts';
import type { TotalsSample } from '../sample.ts';
import type { LineReader, Source, SourceEvents } from '../source.ts';
import { numberOf, textOf } from './jsonLines.ts';
import { tableRows } from './tableRows.ts';

/** An export of the view pg_stat_statements: totals only, and of two calls with the same SQL one row. */
export const pgStatStatements: Source = {
  id: 'pg-stat-statements',
  reads: 'an export of pg_stat_statements as JSON or CSV',
  matches: (head) => /\bquery\b/.test(head) && /\bcalls\b/.test(head) && TOTAL_COLUMN.test(head),
  open: (told) => reader(told),
};

/** By version: 13 and later, before, and what people call it in a query of their own; min and max go likewise. */
const SUFFIXES = ['exec_time', 'time', 'ms', 'time_ms', 'exec_time_ms'];
const TOTAL_COLUMN = new RegExp(`\\btotal_(?:${SUFFIXES.join('|')})\\b`);

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const row = (row: JsonObject): void => {
    const totals = totalsOf(row);
    if (totals === null) unreadable(JSON.stringify(row));
    else if (totals.calls > 0) sample(totals);
  };
  return tableRows({ row, unreadable });
}

function totalsOf(row: JsonObject): TotalsSample | null {
  const time = (which: string): number | null =>
    SUFFIXES.map((suffix) => numberOf(row[`${which}_${suffix}`])).find((ms) => ms !== null) ?? null;
  const [sql, calls, totalMs] = [textOf(row.query), numberOf(row.calls), time('total')];
  if (sql === null || sql === HIDDEN || calls === null || totalMs === null) return null;
  const database = textOf(row.datname) ?? textOf(row.database);
  return { kind: 'totals', at: null, sql, calls, totalMs, minMs: time('min'), maxMs: time('max'), database };
}

/** Stands for the statements of others where the user may not see them. */
const HIDDEN = '<insufficient privilege>';
