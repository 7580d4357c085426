import type { JsonObject } from '#shared/jsonObject.ts';
import type { StatementSample } from '../sample.ts';
import type { LineReader, Source, SourceEvents } from '../source.ts';
import { numberOf, textOf } from './jsonLines.ts';
import { milliseconds } from './mysqlStatement.ts';
import { tableRows } from './tableRows.ts';
import { verticalRows } from './verticalRows.ts';

/** What `log_output = TABLE` wrote, exported: `select * from mysql.slow_log`. */
export const mysqlSlowTable: Source = {
  id: 'mysql-slow-table',
  reads: 'an export of the table mysql.slow_log as JSON, CSV, text with tabs, or by \\G',
  matches: (head) => /\bquery_time\b/.test(head) && /\bsql_text\b/.test(head),
  open: (told) => reader(told),
};

const COLUMNS = [
  ...['start_time', 'user_host', 'query_time', 'lock_time', 'rows_sent', 'rows_examined', 'db', 'last_insert_id'],
  ...['insert_id', 'server_id', 'sql_text', 'thread_id', 'rows_affected'],
];

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const row = (row: JsonObject): void => {
    const statement = statementOf(row);
    if (statement) sample(statement);
    else unreadable(JSON.stringify(row));
  };
  let rows: LineReader | null = null;
  return {
    line: (text) => {
      if (rows === null && text.trim() === '') return;
      rows ??= text.startsWith('***') ? verticalRows(COLUMNS, { row, unreadable }) : tableRows({ row, unreadable });
      rows.line(text);
    },
    end: () => rows?.end(),
  };
}

function statementOf(row: JsonObject): StatementSample | null {
  const [sql, ms] = [textOf(row.sql_text)?.trim() ?? null, durationOf(row.query_time)];
  if (sql === null || ms === null) return null;
  return {
    kind: 'statement',
    at: startOf(row.start_time),
    sql,
    ms,
    rows: numberOf(row.rows_sent),
    rowsExamined: numberOf(row.rows_examined),
    plan: null,
    database: textOf(row.db),
  };
}

/** `00:00:01.500000`; a number is seconds. */
function durationOf(value: unknown): number | null {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(textOf(value) ?? '') ?? [];
  const whole = seconds === undefined ? numberOf(value) : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return whole === null ? null : milliseconds(whole);
}

/** The server's own time without its zone, taken for UTC. */
function startOf(value: unknown): number | null {
  const [, date, time, zone = 'Z'] = /^(\S{10})[ T]([\d:.]+)(Z|[+-]\d\d:\d\d)?$/.exec(textOf(value) ?? '') ?? [];
  const at = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(at) ? null : at;
}
