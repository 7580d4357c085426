import { readFileSync } from 'node:fs';
import type { TrueStatement, Truth } from './truth.ts';

/** One execution as PostgreSQL timed it and the application knows it. */
export interface TrueExecution {
  readonly session: string;
  readonly sql: string;
  /** When it was logged, in milliseconds since 1970. */
  readonly at: number;
  /** Parsing, binding and executing together. */
  readonly ms: number;
  /** Where the call stands that sent it; null for what belongs to none. */
  readonly site: string | null;
}

/**
 * What one log in JSON says was executed, each with the call that sent it: on a connection statements run one after the other, so the
 * first of the log is the first that was handed over. Throws where the two do not tell the same story. The other formats have the same records.
 */
export function trueExecutions(jsonLog: string, truth: readonly Truth[]): readonly TrueExecution[] {
  return placedBySession(loggedExecutions(jsonLog), truth, (sql) => sql);
}

/** An execution as a log tells it, with no word of the call. */
export type LoggedExecution = Omit<TrueExecution, 'site'>;

/**
 * Gives each logged execution the call of the statement sent at its place on the same connection. `form` is what the application's text
 * and the log's have in common. Throws where the two do not tell the same story.
 */
export function placedBySession(
  executions: readonly LoggedExecution[],
  truth: readonly Truth[],
  form: (sql: string) => string,
): readonly TrueExecution[] {
  const logged = Map.groupBy(executions, ({ session }) => session);
  const sent = Map.groupBy(
    truth.filter((each): each is TrueStatement => each.kind === 'statement'),
    ({ session }) => session,
  );
  return [...sent].flatMap(([session, statements]) => {
    const own = logged.get(session) ?? [];
    if (own.length !== statements.length)
      throw new Error(`session ${session}: ${statements.length} sent, ${own.length} logged`);
    return own.map((execution, at) => {
      const { sql, site } = statements[at] as TrueStatement;
      if (form(sql) !== form(execution.sql))
        throw new Error(`session ${session}: sent ${sql}\nlogged ${execution.sql}`);
      return { ...execution, site };
    });
  });
}

/** What the application wrote down of Prisma's query events; everything in them is its own. */
export function eventExecutions(truth: readonly Truth[]): readonly TrueExecution[] {
  return truth.flatMap((each) => {
    if (each.kind !== 'event') return [];
    const { sql, at, ms, site } = each;
    return { session: '', sql, at, ms, site };
  });
}

interface LogRecord {
  readonly timestamp: string;
  readonly pid: number;
  readonly message: string;
}

const DURATION = /^duration: (?<ms>[\d.]+) ms {2}(?<step>parse|bind|execute|statement)(?: [^:]*)?: (?<sql>[\s\S]*)$/;

function loggedExecutions(jsonLog: string): readonly LoggedExecution[] {
  const executions: LoggedExecution[] = [];
  const before = new Map<number, number>();
  for (const line of readFileSync(jsonLog, 'utf8').split('\n')) {
    if (line === '') continue;
    const { timestamp, pid, message } = JSON.parse(line) as LogRecord;
    const { ms = '', step = '', sql = '' } = DURATION.exec(message)?.groups ?? {};
    if (step === '') continue;
    const sum = (before.get(pid) ?? 0) + Number(ms);
    const ends = step === 'execute' || step === 'statement';
    before.set(pid, ends ? 0 : sum);
    if (ends) executions.push({ session: String(pid), sql, at: Date.parse(timestamp.replace(' UTC', 'Z')), ms: sum });
  }
  return executions;
}
