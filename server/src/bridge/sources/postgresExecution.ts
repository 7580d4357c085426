import type { StatementSample } from '../sample.ts';

/** What one entry of a PostgreSQL log says of a statement. */
export interface PostgresEntry {
  /** Tells sessions apart; null where the log does not. */
  readonly session: string | null;
  readonly at: number | null;
  readonly database: string | null;
  readonly message: string;
}

const DURATION = /^duration: (\d+(?:\.\d+)?) ms(?: {2}(parse|bind|execute|statement|plan)([^:]*):)?\s*/;

/**
 * Puts executions together: a client that sends parameters apart has its statement parsed, bound and executed, with a duration each,
 * and only the last is the execution.
 */
export function createExecutions(emit: (sample: StatementSample) => void): (entry: PostgresEntry) => boolean {
  const before = new Map<string, number>();
  return ({ session, at, database, message }) => {
    const match = DURATION.exec(message);
    const [whole = '', time = '', step, name = ''] = match ?? [];
    if (!match || step === undefined) return false;
    const rest = message.slice(whole.length);
    const ms = Number(time);
    // A statement's own name tells it from another that the session prepares meanwhile.
    const key = `${session ?? ''} ${name.trim()}`;
    if (step === 'parse' || step === 'bind') {
      before.set(key, (before.get(key) ?? 0) + ms);
      return true;
    }
    const earlier = step === 'execute' ? (before.get(key) ?? 0) : 0;
    before.delete(key);
    const { sql, plan } = step === 'plan' ? planned(rest) : { sql: rest, plan: null };
    emit({ kind: 'statement', at, ms: ms + earlier, sql, plan, rows: null, rowsExamined: null, database });
    return true;
  };
}

const QUERY_TEXT = 'Query Text: ';

/** auto_explain: the statement, then its plan, as text or as JSON. */
function planned(body: string): { readonly sql: string; readonly plan: string | null } {
  const text = body.trim();
  if (text.startsWith('{')) return plannedAsJson(text);
  if (!text.startsWith(QUERY_TEXT)) return { sql: text, plan: null };
  const end = text.search(/\n\s*(?:Query Parameters: |\S.*\(cost=|\S.*\(actual )/);
  if (end < 0) return { sql: text.slice(QUERY_TEXT.length), plan: null };
  return { sql: text.slice(QUERY_TEXT.length, end), plan: withoutParameters(text.slice(end + 1)) };
}

function plannedAsJson(text: string): { readonly sql: string; readonly plan: string | null } {
  try {
    const parsed: unknown = JSON.parse(text);
    const known = parsed as { readonly 'Query Text'?: unknown; readonly Plan?: unknown };
    return { sql: String(known['Query Text'] ?? ''), plan: known.Plan ? JSON.stringify(known.Plan) : null };
  } catch {
    return { sql: '', plan: null };
  }
}

function withoutParameters(plan: string): string {
  return plan.replace(/^\s*Query Parameters: .*\n/, '');
}
