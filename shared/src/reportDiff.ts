import type { BudgetResult } from './budgets.ts';
import type { Finding } from './finding.ts';
import type { ReportedLetter, ReportPlace } from './report.ts';

/** What a change does to a project: how it was at a commit against how it is. */
export interface ReportDiff {
  readonly version: 1;
  /** The commit it is held against, shortened. */
  readonly base: string;
  /** No warning and no error came, and no budget is crossed that was held before. */
  readonly passes: boolean;
  readonly fresh: readonly Finding[];
  readonly fixed: readonly Finding[];
  readonly unchanged: number;
  /** Routes whose cost is another, or that came or went. */
  readonly routes: readonly RouteChange[];
  /** Measured queries whose code was changed. */
  readonly queries: readonly QueryChange[];
  /** Budgets that are crossed as it is. */
  readonly crossed: readonly CrossedBudget[];
}

export interface CrossedBudget extends BudgetResult {
  /** It was held before, or what it bounds was not there. */
  readonly fresh: boolean;
}

/** Where it stands now, or stood where it went. */
export interface RouteChange extends ReportPlace {
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Formulas; null where there is none or it cannot be counted. */
  readonly before: string | null;
  readonly after: string | null;
  /** What the letters of `after` go over. */
  readonly letters: readonly ReportedLetter[];
}

/** Where it stands now. */
export interface QueryChange extends ReportPlace {
  readonly name: string;
  /** In words: `51 queries, 412 ms p95`, the queries being those of one request. */
  readonly before: string;
  /** Null where the changed query was not measured yet. */
  readonly after: string | null;
}
