import { HOUR_MS } from '#shared/hour.ts';
import { statementTable } from '#sql/canonical/statementTable.ts';
import type { Database } from '../sqlite.ts';
import type { Subject } from './tally.ts';

/** Executions that are of no one call, by what is known of them. */
export interface UnplacedShape {
  /** Canonical SQL; where the application told of the call itself, its words. */
  readonly text: string;
  readonly dialect: Subject['dialect'];
  readonly match: 'model' | 'ambiguous' | 'unmatched';
  readonly calls: number;
  readonly totalMs: number;
}

/** What one operation of a model, or one table, was seen to do where no line is known. */
export interface ModelFigures {
  /** `Order.findMany`; empty where only SQL is known that several calls send. */
  readonly name: string;
  /** The table that SQL is about; empty where the name is known. */
  readonly table: string;
  readonly calls: number;
  readonly meanMs: number;
  readonly maxMs: number;
  /** The last hour in which it ran, as its beginning in milliseconds since 1970. */
  readonly lastSeen: number;
}

/** The most frequent first. */
export function unplacedShapes(database: Database, most: number): readonly UnplacedShape[] {
  return database
    .prepare<[number], UnplacedShape>(
      `SELECT text, dialect, match, sum(count) AS calls, sum(sum_ms) AS totalMs FROM executions JOIN shapes ON shapes.id = shape
       WHERE site = '' GROUP BY shape, match ORDER BY calls DESC, text LIMIT ?`,
    )
    .all(most);
}

/** By operation, then by table; the most frequent first. */
export function modelFigures(database: Database): readonly ModelFigures[] {
  const rows = database
    .prepare<[], ModelRow>(
      `SELECT text, name, match, sum(count) AS calls, sum(sum_ms) AS totalMs, max(max_ms) AS maxMs, max(hour) AS lastHour
       FROM executions JOIN shapes ON shapes.id = shape
       WHERE site = '' AND (name <> '' OR match = 'ambiguous') GROUP BY shape, name`,
    )
    .all();
  const bySubject = Map.groupBy(rows, ({ name, text }) => (name === '' ? `\0${statementTable(text) ?? ''}` : name));
  const figures = [...bySubject].map(([subject, together]) => figuresOf(subject, together));
  return figures
    .filter(({ name, table }) => name !== '' || table !== '')
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || b.calls - a.calls);
}

interface ModelRow {
  readonly text: string;
  readonly name: string;
  readonly calls: number;
  readonly totalMs: number;
  readonly maxMs: number;
  readonly lastHour: number;
}

function figuresOf(subject: string, rows: readonly ModelRow[]): ModelFigures {
  const isTable = subject.startsWith('\0');
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const totalMs = rows.reduce((sum, row) => sum + row.totalMs, 0);
  return {
    name: isTable ? '' : subject,
    table: isTable ? subject.slice(1) : '',
    calls,
    meanMs: calls > 0 ? totalMs / calls : 0,
    maxMs: Math.max(...rows.map(({ maxMs }) => maxMs)),
    lastSeen: Math.max(...rows.map(({ lastHour }) => lastHour)) * HOUR_MS,
  };
}
