import type { StatementSample } from '../sample.ts';
import { parametersIn } from './postgresParameters.ts';
import { forgetOldest } from './recent.ts';

/** Lets plans wait for the execution they belong to: one that is not logged by itself is known by its plan alone. */
export function holdPlans(emit: (sample: StatementSample) => void, mostSessions: number) {
  const held = new Map<string, StatementSample>();
  return {
    /** False where the body is no plan; `sample` is what is known besides. */
    plan: (session: string | null, sample: StatementSample, body: string): boolean => {
      const read = readPlan(body);
      if (read === null) return false;
      const before = held.get(session ?? '');
      if (before) emit(before);
      held.set(session ?? '', { ...sample, ...read });
      forgetOldest(held, mostSessions, emit);
      return true;
    },
    execution: (session: string | null, sample: StatementSample): void => {
      const before = held.get(session ?? '');
      held.delete(session ?? '');
      const same = before?.sql.trim() === sample.sql.trim();
      if (before && !same) emit(before);
      emit(before && same ? { ...sample, plan: before.plan } : sample);
    },
    end: (): void => {
      for (const sample of held.values()) emit(sample);
      held.clear();
    },
  };
}

/** What auto_explain wrote of one execution. */
interface ExplainedStatement {
  readonly sql: string;
  readonly parameters?: readonly (string | null)[];
  /** Without the values of parameters that stand apart; conditions may hold some. Null where it is cut off. */
  readonly plan: string | null;
}

/** The statement and its plan, as text, JSON or YAML; null for what is none of these, such as XML. */
function readPlan(body: string): ExplainedStatement | null {
  const text = body.trim();
  if (text.startsWith('{')) return asJson(text);
  if (text.startsWith(`${QUERY_TEXT}"`)) return asYaml(text);
  if (text.startsWith(QUERY_TEXT)) return asText(text);
  return null;
}

const QUERY_TEXT = 'Query Text: ';
/** The first node of a plan; with `log_analyze` off there are costs alone, with `log_timing` off no times. */
const FIRST_NODE = /\n(?=[^\n]*\((?:cost|actual)[ =])/;

function asText(text: string): ExplainedStatement {
  const node = FIRST_NODE.exec(text)?.index ?? -1;
  const parameters = text.search(/\nQuery Parameters: /);
  const ends = [node, parameters].filter((end) => end >= 0);
  const sql = text.slice(QUERY_TEXT.length, ends.length > 0 ? Math.min(...ends) : text.length);
  const values = parameters < 0 ? {} : { parameters: parametersIn(text, text.indexOf('$', parameters)) };
  return { sql, ...values, plan: node < 0 ? null : text.slice(node + 1) };
}

function asJson(text: string): ExplainedStatement | null {
  try {
    const {
      'Query Text': sql,
      'Query Parameters': values,
      Plan: plan,
    } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const parameters = typeof values === 'string' ? { parameters: parametersIn(values, 0) } : {};
    return typeof sql === 'string' ? { sql, ...parameters, plan: plan ? JSON.stringify(plan) : null } : null;
  } catch {
    return null;
  }
}

function asYaml(text: string): ExplainedStatement | null {
  const quoted = /^Query Text: ("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  const plan = text.search(/\nPlan:/);
  try {
    return quoted === undefined
      ? null
      : { sql: String(JSON.parse(quoted)), plan: plan < 0 ? null : text.slice(plan + 1) };
  } catch {
    return null;
  }
}
