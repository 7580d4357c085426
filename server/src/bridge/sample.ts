import type { ProbeSample } from '#shared/probeSample.ts';

/** What every source gives, whatever its format: something that ran, and how long. Times in milliseconds, points in time since 1970. */
export type Sample = StatementSample | TotalsSample | NamedSample | CallSample | RouteSample | RatioSample;

interface When {
  /** When it began or was written down; null where the source does not say. */
  readonly at: number | null;
  /** The version of the application that ran, where the source tells it. */
  readonly deploy?: string;
}

/** One execution of one SQL statement. */
export interface StatementSample extends When {
  readonly kind: 'statement';
  /** As the source has it, values and comments included: it must not be kept as it is. */
  readonly sql: string;
  readonly ms: number;
  readonly rows: number | null;
  /** Rows the database looked at to find them. */
  readonly rowsExamined: number | null;
  /** How it was executed, as the source words it; its conditions may hold values. */
  readonly plan: string | null;
  /** Database it ran in; null where the source does not say. */
  readonly database: string | null;
  /** Statements of one connection share it, and come in the order in which they ran. */
  readonly session?: string;
  /** What was put in for `$1`, `$2`, … as the source words it, null for NULL; missing where it does not say. They end in attribution. */
  readonly parameters?: readonly (string | null)[];
  /** The call that sent it, where the source tells. */
  readonly caller?: Caller;
  /** Statements of the same request share it. */
  readonly request?: string;
  /** What that request asked for, `GET /api/orders`; one statement of the request may tell it and another not. */
  readonly route?: string;
}

/** A call of Prisma's client as a trace tells of it. */
export interface Caller {
  /** Statements of the same call share it, and come one after the other. */
  readonly call?: string;
  /** Null for raw SQL. */
  readonly model: string | null;
  readonly operation: string;
  /** As the application gave it, with its line, 1-based, where it is given too; else null. */
  readonly file: string | null;
  readonly line: number | null;
}

/** Many executions of one statement, of which only totals are known: no percentiles come out of it. */
export interface TotalsSample extends When {
  readonly kind: 'totals';
  readonly sql: string;
  readonly calls: number;
  readonly totalMs: number;
  readonly minMs: number | null;
  readonly maxMs: number | null;
  readonly database: string | null;
}

/** Something the application named itself: `Moment.findMany`, `findUserByEmail`. */
export interface NamedSample extends When {
  readonly kind: 'named';
  readonly name: string;
  readonly ms: number;
}

/** One call as the probe saw it. */
export interface CallSample extends When {
  readonly kind: 'call';
  readonly call: ProbeSample;
}

/** Answers to requests of one route as the application counted them itself; everything since it was started, as of `at`. */
export interface RouteSample extends When {
  readonly kind: 'route';
  /** `GET /api/orders`; `GET` alone or a bare path where the source says no more. */
  readonly route: string;
  readonly requests: number;
  readonly totalMs: number;
  /** Null where the source does not say. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  /** Requests that ended in an error of the server. */
  readonly failed: number | null;
  /** Tells apart processes that count the same route each for itself, where the source says it. */
  readonly process?: string;
}

/** A share the application tells of itself, from 0 to 1. */
export interface RatioSample extends When {
  readonly kind: 'ratio';
  readonly of: 'cache-hits' | 'errors';
  readonly value: number;
}
