import type { StatementSample } from '../sample.ts';
import { postgresParameters } from './postgresParameters.ts';
import { holdPlans } from './postgresPlan.ts';
import { forgetOldest } from './recent.ts';

/** What one entry of a PostgreSQL log says of a statement. */
export interface PostgresEntry {
  /** Tells sessions apart; null where the log does not. */
  readonly session: string | null;
  readonly at: number | null;
  readonly database: string | null;
  readonly message: string;
  /** What the log adds to the message, such as the parameters; null where it adds nothing. */
  readonly detail: string | null;
}

/** Makes executions of the entries of one log. */
export interface Executions {
  /** `unreadable` where the entry should tell of an execution and does not; `other` where it is about something else. */
  take(entry: PostgresEntry): Outcome;
  /** A statement of this session ended in an error. */
  failed(session: string | null): void;
  /** No further entry comes. */
  end(): void;
}

/** Severities that end a statement. */
export const FAILURES: ReadonlySet<string> = new Set(['ERROR', 'FATAL', 'PANIC']);

/** A statement of which the time will follow. */
type Announced = Pick<PostgresEntry, 'detail'> & { readonly sql: string };

type Outcome = 'taken' | 'other' | 'unreadable';

/** Written with each message where `log_error_verbosity` is `verbose`. */
const STATE = /^[0-9A-Z]{5}: (?=duration: |statement: |execute )/;
const DURATION =
  /^duration: (\d+(?:\.\d+)?) ms(?: {1,2}(parse|bind|execute fetch from|execute|statement|plan)([^:]*):\s*)?/;
/** The text of a statement that begins, of which the time will follow alone (`log_statement` with `log_duration`). */
const ANNOUNCED = /^(?:statement|execute(?! fetch from)[^:]*): /;

/**
 * Puts executions together: a client that sends parameters apart has its statement parsed, bound and executed, with a duration each,
 * and only the last is the execution; auto_explain writes the plan just before the same execution is logged.
 */
export function createExecutions(emit: (sample: StatementSample) => void): Executions {
  const plans = holdPlans(emit, MOST_SESSIONS);
  const prepared = new Map<string, number>();
  const announced = new Map<string, Announced>();

  const began = ({ session, detail }: PostgresEntry, message: string): Outcome => {
    const begin = ANNOUNCED.exec(message)?.[0];
    if (begin !== undefined && session !== null) {
      announced.set(session, { sql: message.slice(begin.length), detail });
      forgetOldest(announced, MOST_SESSIONS);
    }
    return message.startsWith('duration: ') ? 'unreadable' : 'other';
  };

  const alone = (entry: PostgresEntry, ms: number): void => {
    const begun = announced.get(entry.session ?? '');
    announced.delete(entry.session ?? '');
    if (begun) plans.execution(entry.session, sampleOf({ ...entry, detail: begun.detail }, begun.sql, ms));
  };

  const step = (entry: PostgresEntry, kind: string, name: string, sql: string, ms: number): void => {
    const key = stepKey(entry, name, sql);
    const earlier = prepared.get(key) ?? 0;
    if (kind === 'parse') prepared.set(key, ms);
    else if (kind === 'bind') prepared.set(key, earlier + ms);
    // Further rows of a cursor: the execution was counted when it began.
    else if (kind !== 'execute fetch from') {
      prepared.delete(key);
      plans.execution(entry.session, sampleOf(entry, sql, kind === 'execute' ? ms + earlier : ms));
    }
    forgetOldest(prepared, MOST_SESSIONS);
  };

  return {
    take: (entry) => {
      const message = entry.message.replace(STATE, '');
      const match = DURATION.exec(message);
      if (!match) return began(entry, message);
      const [whole, time, kind, name = ''] = match;
      const [rest, ms] = [message.slice(whole.length), Number(time)];
      if (kind === 'plan') return plans.plan(entry.session, sampleOf(entry, '', ms), rest) ? 'taken' : 'unreadable';
      if (kind === undefined && rest.trim() !== '') return 'unreadable';
      // Nothing was sent, and nothing was done.
      if (kind !== undefined && rest.trim() === '') return 'other';
      if (kind === undefined) alone(entry, ms);
      else step(entry, kind, name, rest, ms);
      return 'taken';
    },
    failed: (session) => void announced.delete(session ?? ''),
    end: plans.end,
  };
}

/** Sessions that broke off leave something behind; more than any server has at once. */
const MOST_SESSIONS = 20_000;

/** A statement's own name tells it from another that the session prepares meanwhile; its text must do where sessions are not told apart. */
function stepKey({ session }: PostgresEntry, name: string, sql: string): string {
  const [statement = ''] = name.trim().split('/');
  return session === null ? `${statement} ${sql}` : `${session} ${statement}`;
}

function sampleOf({ at, database, session, detail }: PostgresEntry, sql: string, ms: number): StatementSample {
  const parameters = detail === null ? null : postgresParameters(detail);
  return {
    ...{ kind: 'statement', at, ms, sql, plan: null, rows: null, rowsExamined: null, database },
    ...(session === null ? {} : { session }),
    ...(parameters === null ? {} : { parameters }),
  };
}
