import type { StatementSample } from '../sample.ts';

/** What the lines before a statement say of it. */
export interface MysqlHeader {
  /** `# Time:`, milliseconds since 1970. */
  readonly timeAt: number | null;
  /** `SET timestamp=…;`, which the server writes so that the statement can be run again. */
  readonly setAt: number | null;
  readonly ms: number | null;
  readonly rows: number | null;
  readonly rowsExamined: number | null;
  /** Undefined where the log has no such field and tells databases by `use`. */
  readonly schema: string | null | undefined;
  readonly plan: readonly string[];
  /** The connection: `Thread_id:`, or `Id:` in MySQL's logs. */
  readonly session: string | null;
}

export const NO_HEADER: MysqlHeader = {
  timeAt: null,
  setAt: null,
  ms: null,
  rows: null,
  rowsExamined: null,
  schema: undefined,
  plan: [],
  session: null,
};

/** Takes one line with `#`; what it does not know it leaves. */
export function addHeader(header: MysqlHeader, line: string): MysqlHeader {
  const plan = /^# explain: (.*)$/.exec(line)?.[1];
  if (plan !== undefined) return { ...header, plan: [...header.plan, plan] };
  const time = /^# Time: (.+?)(?: # User@Host: .*)?$/.exec(line)?.[1];
  if (time !== undefined) return { ...header, timeAt: timeOf(time) };
  const field = (name: string): number | null => {
    const value = new RegExp(`\\b${name}: ([\\d.]+)`).exec(line)?.[1];
    return value === undefined ? null : Number(value);
  };
  const seconds = field('Query_time');
  const schema = /\bSchema: (\S*)/.exec(line)?.[1];
  return {
    ...header,
    ms: seconds === null ? header.ms : milliseconds(seconds),
    rows: field('Rows_sent') ?? header.rows,
    rowsExamined: field('Rows_examined') ?? header.rowsExamined,
    schema: schema === undefined ? header.schema : schema || null,
    session: /\b(?:Thread_id|Id): +(\d+)/.exec(line)?.[1] ?? header.session,
  };
}

/** What earlier records said and this one may leave out. */
export interface SaidBefore {
  readonly database: string | null;
  readonly time: number | null;
}

/** Null where there is no statement, or no time that it took. */
export function statementOf(header: MysqlHeader, body: string, before: SaidBefore): StatementSample | null {
  const sql = body.trim().replace(/;$/, '');
  if (header.ms === null || sql === '' || sql.startsWith('# administrator command: ')) return null;
  const { ms, rows, rowsExamined, schema, plan, session } = header;
  return {
    kind: 'statement',
    at: header.setAt ?? header.timeAt ?? before.time,
    sql,
    ms,
    rows,
    rowsExamined,
    plan: plan.length > 0 ? plan.join('\n') : null,
    database: schema === undefined ? before.database : schema,
    ...(session === null ? {} : { session }),
  };
}

/** The server counts microseconds. */
export function milliseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e3;
}

/** `2026-11-21T00:26:19.994316Z`, or `261121  0:26:19` without a zone, taken for UTC. */
function timeOf(text: string): number | null {
  const [, year, month, day, hour = '', rest] =
    /^(\d\d)(\d\d)(\d\d) +(\d?\d):(\d\d:\d\d(?:\.\d+)?)$/.exec(text.trim()) ?? [];
  const at = Date.parse(rest === undefined ? text : `20${year}-${month}-${day}T${hour.padStart(2, '0')}:${rest}Z`);
  return Number.isNaN(at) ? null : at;
}
