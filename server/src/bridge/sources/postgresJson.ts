import { isObject, type JsonObject } from '#shared/jsonObject.ts';
import { CONTEXT_OF_STATEMENTS, type LineReader, type Source, type SourceEvents } from '../source.ts';
import { jsonLines, textOf } from './jsonLines.ts';
import { createExecutions, FAILURES } from './postgresExecution.ts';
import { timeOf } from './postgresPrefix.ts';

/** `log_destination = jsonlog`, since PostgreSQL 15, and the records of CloudNativePG. */
export const postgresJson: Source = {
  id: 'postgres-json',
  reads: "PostgreSQL's jsonlog",
  matches: (head) => /^\{"(?:timestamp":"|level":[^\n]*"record":\{)[^\n]*"error_severity":"/m.test(head),
  open: (told) => reader(told),
  context: CONTEXT_OF_STATEMENTS,
};

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const executions = createExecutions(sample);
  const take = (whole: JsonObject, line: string) => {
    if ('level' in whole && !isObject(whole.record)) return;
    const object = isObject(whole.record) ? whole.record : whole;
    const [message, session] = [textOf(object.message), textOf(object.session_id)];
    if (typeof object.error_severity !== 'string') return unreadable(line);
    if (FAILURES.has(object.error_severity)) return executions.failed(session);
    if (object.error_severity !== 'LOG' || message === null) return;
    const entry = {
      session,
      at: timeOf(textOf(object.timestamp) ?? textOf(object.log_time) ?? undefined),
      database: textOf(object.dbname) ?? textOf(object.database_name),
      message,
      detail: textOf(object.detail),
    };
    if (executions.take(entry) === 'unreadable') unreadable(message);
  };
  return { line: jsonLines(take, unreadable).line, rest: executions.end, end: executions.end };
}
