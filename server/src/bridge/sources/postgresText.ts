import { CONTEXT_OF_STATEMENTS, type LineReader, type Source, type SourceEvents } from '../source.ts';
import { carriedLines } from './carriedLines.ts';
import { createExecutions, FAILURES } from './postgresExecution.ts';
import { readPrefix } from './postgresPrefix.ts';

/** What PostgreSQL writes to its standard error, with whatever prefix its lines have. */
export const postgresText: Source = {
  id: 'postgres',
  reads: "PostgreSQL's log as text, with any log_line_prefix",
  matches: (head) => /(?:^|[\s:>"])(?:LOG|ERROR|FATAL|STATEMENT|DETAIL):(?: {2}\S| duration: )/m.test(head),
  open: (told) => reader(told),
  context: CONTEXT_OF_STATEMENTS,
};

/** The prefix is whatever stands before the severity. */
const SEVERITY =
  /^(.*?)\b(LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG[1-5]?|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION):(?: {2}| (?=duration: ))(.*)$/s;

interface Entry {
  readonly prefix: string;
  readonly severity: string;
  readonly lines: string[];
  /** What the lines behind add to it; null as long as there are none. */
  detail: string[] | null;
}

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const executions = createExecutions(sample);
  let open: Entry | null = null;
  /** Once one line went on with a tab all do: a line without one is somebody else's. */
  let tabs = false;
  const close = () => {
    const entry = open;
    open = null;
    if (!entry) return;
    if (FAILURES.has(entry.severity)) return executions.failed(readPrefix(entry.prefix).session);
    if (entry.severity !== 'LOG') return;
    const prefix = readPrefix(entry.prefix);
    const message = entry.lines.join('\n').trimEnd();
    const detail = entry.detail?.join('\n') ?? null;
    if (executions.take({ ...prefix, message, detail }) === 'unreadable') unreadable(message);
  };
  const take = (text: string): void => {
    const match = text.startsWith('\t') ? null : SEVERITY.exec(text);
    if (match) {
      const [, prefix = '', severity = '', message = ''] = match;
      if (open && severity === 'DETAIL' && isSameSession(open.prefix, prefix)) open.detail = [message];
      else {
        close();
        open = { prefix, severity, lines: [message], detail: null };
      }
      return;
    }
    const further = furtherLine(text);
    tabs ||= further !== null;
    if (open && (further !== null || !tabs || text === '')) (open.detail ?? open.lines).push(further ?? text);
    else if (text.trim() !== '') unreadable(text);
  };
  return {
    line: (text) => {
      if (text.startsWith('{')) carriedLines(text).forEach(take);
      else take(text);
    },
    // A message is written in one go.
    rest: () => {
      close();
      executions.end();
    },
    end: () => {
      close();
      executions.end();
    },
  };
}

/** Sessions write into one file: what another one says is not about this message. */
function isSameSession(a: string, b: string): boolean {
  return a === b || readPrefix(a).session === readPrefix(b).session;
}

/** A tab, or blanks somebody made of it, alone or behind what a container's log puts before every line. */
const FURTHER = /^(?:(?:[^\t|]{1,80}\| ?)?\t| {2})(.*)$/s;
/** What syslog puts before every line of a message: process, number of the message and of the line. */
const FURTHER_IN_SYSLOG = /^[^\t]{1,200}?\[(?:postgres\.)?\d+\]:? (?:\[\w+\] )?\[\d+-\d+\] ?(?:\t|#011)?(.*)$/s;

function furtherLine(text: string): string | null {
  return FURTHER.exec(text)?.[1] ?? FURTHER_IN_SYSLOG.exec(text)?.[1] ?? null;
}
