import type { LineReader, Source, SourceEvents } from '../source.ts';
import { createExecutions } from './postgresExecution.ts';

/** What PostgreSQL writes to its standard error, with whatever prefix its lines have. */
export const postgresText: Source = {
  id: 'postgres',
  reads: "PostgreSQL's log as text, with any log_line_prefix",
  matches: (head) => /(?:^|\s)(?:LOG|ERROR|FATAL|STATEMENT|DETAIL): {2}\S/m.test(head),
  open: (told) => reader(told),
};

/** The prefix is whatever stands before the severity. */
const SEVERITY =
  /^(.*?)\b(LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG[1-5]?|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION): {2}(.*)$/;

interface Record {
  readonly prefix: string;
  readonly severity: string;
  readonly lines: string[];
}

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const execution = createExecutions(sample);
  let open: Record | null = null;
  const close = () => {
    const record = open;
    open = null;
    if (record?.severity !== 'LOG' || !record.lines[0]?.startsWith('duration: ')) return;
    const message = record.lines.join('\n');
    const { session, at, database } = readPrefix(record.prefix);
    // `duration` alone belongs to a statement whose text was logged before, or to none.
    if (!execution({ session, at, database, message }) && !/^duration: [\d.]+ ms$/.test(message)) unreadable(message);
  };
  return {
    line: (text) => {
      if (text.startsWith('\t')) {
        open?.lines.push(text.slice(1));
        return;
      }
      const match = SEVERITY.exec(text);
      if (!match) {
        if (open) open.lines.push(text);
        else if (text.trim() !== '') unreadable(text);
        return;
      }
      close();
      open = { prefix: match[1] ?? '', severity: match[2] ?? '', lines: [match[3] ?? ''] };
    },
    end: close,
  };
}

const TIME = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?(?: [A-Z]{2,5}| [+-]\d{2}(?::?\d{2})?)?/;
/** `[1252]`, `[1252-3]`, or a session's own id. */
const PROCESS = /\[(\d+)(?:-\d+)?\]|\b([0-9a-f]{8}\.[0-9a-f]+)\b/;
const USER_AT_DATABASE = /[\w-]+@([\w-]+)/;

function readPrefix(prefix: string) {
  const process = PROCESS.exec(prefix);
  return {
    session: process?.[1] ?? process?.[2] ?? null,
    at: timeOf(TIME.exec(prefix)?.[0]),
    database: USER_AT_DATABASE.exec(prefix)?.[1] ?? null,
  };
}

/** Zones PostgreSQL writes by name, apart from UTC, mean different things in different places. */
export function timeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, date = '', time = '', zone = ''] = /^(\S+) (\S+)(?: (\S+))?$/.exec(text) ?? [];
  const offset = /^[+-]/.test(zone) ? zone : 'Z';
  const at = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(at) ? null : at;
}
