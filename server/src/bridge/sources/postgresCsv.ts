import { CONTEXT_OF_STATEMENTS, type LineReader, type Source, type SourceEvents } from '../source.ts';
import { csvRecords } from './csvRecords.ts';
import { createExecutions, FAILURES } from './postgresExecution.ts';
import { timeOf } from './postgresPrefix.ts';

/** `log_destination = csvlog`; columns were only ever added at the end (PostgreSQL 13 and 14), the ones read here stand as they did. */
export const postgresCsv: Source = {
  id: 'postgres-csv',
  reads: "PostgreSQL's csvlog",
  matches: (head) => BEGIN_OF_ANY.test(head),
  open: (told) => reader(told),
  context: CONTEXT_OF_STATEMENTS,
};

/** Time, user, database, process, client, session: no line within a statement begins so. */
const BEGIN =
  /^"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [^,]{1,13},(?:"[^"]*")?,(?:"[^"]*")?,\d*,(?:"[^"]*")?,[0-9a-f]+\.[0-9a-f]+,/;
const BEGIN_OF_ANY = new RegExp(BEGIN.source, 'm');

/** Columns of the message's text and those around it; PostgreSQL 12 has 23 in all. */
const COLUMN = { at: 0, database: 2, session: 5, severity: 11, message: 13, detail: 14 };
const FEWEST_COLUMNS = 22;

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const executions = createExecutions(sample);
  const record = (fields: readonly string[]) => {
    if (fields.length < FEWEST_COLUMNS) return unreadable(fields.join(','));
    const session = fields[COLUMN.session] || null;
    if (FAILURES.has(fields[COLUMN.severity] ?? '')) return executions.failed(session);
    if (fields[COLUMN.severity] !== 'LOG') return;
    const message = fields[COLUMN.message] ?? '';
    const entry = {
      session,
      at: timeOf(fields[COLUMN.at]),
      database: fields[COLUMN.database] || null,
      message,
      detail: fields[COLUMN.detail] || null,
    };
    if (executions.take(entry) === 'unreadable') unreadable(message);
  };
  const records = csvRecords({ record, unreadable }, ',', BEGIN);
  return {
    line: records.line,
    rest: executions.end,
    end: () => {
      records.end();
      executions.end();
    },
  };
}
