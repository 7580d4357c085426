/** What a project promises of itself; null and missing promise nothing. Times in milliseconds. */
export interface Budgets {
  /** By route, `GET /api/orders`; `*` stands for any text. */
  readonly routes: Readonly<Record<string, RouteBudget>>;
  /** By query, `Order.findMany`; `*` stands for any text. */
  readonly queries: Readonly<Record<string, QueryBudget>>;
  readonly slowQueries: {
    /** Executions longer than this are slow. */
    readonly overMs: number;
    /** So many in an hour at most. */
    readonly perHour: number;
  } | null;
  /** At least this share of lookups, from 0 to 1, is answered by the cache. */
  readonly cacheHitRatio: number | null;
  /** At most this share of requests, from 0 to 1, ends in an error. */
  readonly errorRatio: number | null;
}

/** What one request may take, from when it comes in until it is answered. */
export interface RouteBudget {
  readonly meanMs?: number | undefined;
  readonly p95Ms?: number | undefined;
  readonly p99Ms?: number | undefined;
  /** Calls of Prisma in any one request. */
  readonly queries?: number | undefined;
}

/** What one execution may take. */
export interface QueryBudget {
  readonly meanMs?: number | undefined;
  readonly p95Ms?: number | undefined;
  readonly p99Ms?: number | undefined;
  /** Executions in one request, on average. */
  readonly perRequest?: number | undefined;
}

/** A promise, and how it is kept. */
export interface BudgetResult {
  /** A route, a query, or all of them: `GET /api/orders`. */
  readonly subject: string;
  /** `p95Ms`, `queries`, `perHour`, …: what of the subject is bounded. */
  readonly measure: BudgetMeasure;
  readonly limit: number;
  /** What was counted; null where nothing is known. */
  readonly value: number | null;
  readonly state: 'held' | 'crossed' | 'unknown';
  /** Where the subject stands in the code; null for what is no one place. */
  readonly at: { readonly file: string; readonly line: number } | null;
}

export type BudgetMeasure =
  | keyof RouteBudget
  | keyof QueryBudget
  | 'slowQueriesPerHour'
  | 'cacheHitRatio'
  | 'errorRatio';
