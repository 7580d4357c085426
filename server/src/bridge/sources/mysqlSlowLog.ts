import { CONTEXT_OF_STATEMENTS, type LineReader, type Source, type SourceEvents } from '../source.ts';
import { addHeader, type MysqlHeader, NO_HEADER, statementOf } from './mysqlStatement.ts';

/** The slow query log of MySQL, MariaDB and Percona Server, written to a file. */
export const mysqlSlowLog: Source = {
  id: 'mysql-slow',
  reads: 'the slow query log of MySQL and MariaDB',
  matches: (head) => /^# (?:User@Host: |Query_time: )/m.test(head),
  open: (told) => reader(told),
  context: CONTEXT_OF_STATEMENTS,
};

/** Within a statement, a comment may begin with `#` too. */
const BEGIN = /^# (?:Time: |User@Host: |Query_time: \d)/;
/** Written when a server starts or its logs are rotated. */
const BANNER = /^(?:.+, Version: .*started with:|tcp port: .*|Time\s+Id\s+Command\s+Argument)\s*$/i;
/** Stands for a command of the protocol that is no statement. */
const ADMINISTRATOR = /^# administrator command: /;
const USE = /^use `?([^`;]+)`?;$/i;

function reader({ sample, unreadable }: SourceEvents): LineReader {
  let header: MysqlHeader | null = null;
  let head: string[] = [];
  let body: string[] = [];
  /** Said only when they change. */
  let database: string | null = null;
  let time: number | null = null;
  const close = (cutOff: boolean) => {
    const [open, sql] = [header, body.join('\n')];
    const whole = [...head, ...body].join('\n');
    header = null;
    head = [];
    body = [];
    if (open === null) return;
    const statement = cutOff && !sql.trimEnd().endsWith(';') ? null : statementOf(open, sql, { database, time });
    if (statement) sample(statement);
    else if (!ADMINISTRATOR.test(sql)) unreadable(whole);
  };
  const headerLine = (text: string) => {
    if (body.length > 0) close(false);
    head.push(text);
    header = addHeader(header ?? NO_HEADER, text);
    time = header.timeAt ?? time;
  };
  const bodyLine = (open: MysqlHeader, text: string) => {
    const use = body.length === 0 ? USE.exec(text)?.[1] : undefined;
    const set = body.length === 0 ? SET.exec(text)?.[1] : undefined;
    if (use !== undefined) database = use;
    else if (set !== undefined) {
      header = { ...open, setAt: Number(set) * 1000 };
      time = header.setAt;
    } else body.push(text);
  };
  return {
    line: (text) => {
      if (BEGIN.test(text) || (header && body.length === 0 && isHeader(text))) return headerLine(text);
      if (BANNER.test(text)) return close(false);
      if (header) bodyLine(header, text);
      else if (text.trim() !== '' && !ADMINISTRATOR.test(text)) unreadable(text);
    },
    rest: () => {
      if (body.at(-1)?.trimEnd().endsWith(';')) close(false);
    },
    end: () => close(true),
  };
}

const SET = /^SET (?:\w+=\d+,)*timestamp=(\d+(?:\.\d+)?);$/i;

function isHeader(text: string): boolean {
  return text.startsWith('#') && !ADMINISTRATOR.test(text);
}
