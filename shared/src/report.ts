import type { BudgetResult } from './budgets.ts';
import type { Coverage, Finding, Severity } from './finding.ts';
import type { IndexChange } from './indexChange.ts';
import type { FormerMeasurement, Measurement, MeasurementDetail } from './measurement.ts';
import type { DeployChange, Periods, RouteUnderDeploy } from './periods.ts';
import type { RouteFigures } from './routeFigures.ts';

/** Where the time goes, as one object; every presenter reads this and nothing else. Times in milliseconds, places 1-based, files POSIX and relative to the project. */
export interface PerformanceReport {
  readonly version: 1;
  readonly overview: ReportOverview;
  /** All queries of the application's own code, by place. */
  readonly queries: readonly ReportedQuery[];
  /** All entry points that ask the database, by place. */
  readonly routes: readonly ReportedRoute[];
  readonly findings: readonly Finding[];
  /** Those to add, then those to drop; the ones that serve most of the measured time first. */
  readonly indexes: readonly ReportedIndex[];
  /** Crossed ones first. */
  readonly budgets: readonly BudgetResult[];
  /** How the whole project went over time and under each deploy; null where nothing was measured. */
  readonly periods: Periods | null;
  readonly coverage: Coverage;
}

/** The figures that matter first. */
export interface ReportOverview {
  readonly queries: number;
  /** Of these, with measurements. */
  readonly measured: number;
  /** Of the measured queries together. */
  readonly executions: number;
  readonly totalMs: number;
  /** From the beginning of the first hour to that of the last one seen, since 1970; null where nothing was measured. */
  readonly lastSeen: number | null;
  /** What was measured of calls that are not in the code any more. */
  readonly gone: { readonly calls: number; readonly executions: number };
  readonly routes: number;
  readonly findings: Readonly<Record<Severity, number>>;
}

/** A place of the project a person may look at. */
export interface ReportPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One call of Prisma with what is known of it. */
export interface ReportedQuery extends ReportPlace {
  /** Survives line moves. */
  readonly id: string;
  /** `Order.findMany`; raw SQL has the operation alone. */
  readonly name: string;
  /** What it stands in: `OrderService.list`. */
  readonly symbol: string;
  /** Entry points whose requests come to it, sorted. */
  readonly routes: readonly string[];
  readonly measurement: Measurement | null;
  /** All its executions together; null where it was not measured. */
  readonly totalMs: number | null;
  readonly former: FormerMeasurement | null;
  /** Where its figures are clearly others since the deploy under which it ran last; absent for all others. */
  readonly change?: DeployChange;
  /** Of the queries that take most time together; absent for all others. */
  readonly detail?: MeasurementDetail;
  /** Ids of findings at it. */
  readonly findings: readonly string[];
}

/** What one request to an entry point asks of the database. */
export interface ReportedRoute extends ReportPlace {
  /** `GET /api/orders`. */
  readonly name: string;
  /** Calls of Prisma, `1 + N`; null where they cannot be counted. */
  readonly formula: string | null;
  readonly letters: readonly ReportedLetter[];
  /** The queries in the order in which they run, by the dearest way. */
  readonly terms: readonly ReportedTerm[];
  /** What the running system was seen to do there; null where nothing is known. */
  readonly measured: Omit<RouteFigures, 'route'> | null;
  /** Where its requests ask clearly more or less since the deploy under which they ran last; absent for all others. */
  readonly change?: DeployChange<RouteUnderDeploy>;
}

/** What a letter of a formula stands for. */
export interface ReportedLetter extends ReportPlace {
  readonly letter: string;
  /** `orders`, or `rows of Order.findMany`; null where what is gone over has no name. */
  readonly of: string | null;
  /** There are at most so many, where that is known. */
  readonly most: number | null;
}

/** One query of a request. */
export interface ReportedTerm extends ReportPlace {
  /** Of the {@link ReportedQuery}. */
  readonly query: string;
  readonly name: string;
  /** How often: `1`, `N`, `3·N·M`. */
  readonly times: string;
  /** Only where some condition holds. */
  readonly conditional: boolean;
  /** Not where the answer is in a cache. */
  readonly cached: boolean;
  /** The calls that lead to it, outermost first. */
  readonly via: readonly (ReportPlace & { readonly name: string })[];
}

/** An index to add or to drop. */
export interface ReportedIndex extends ReportPlace {
  /** Of the finding it comes from. */
  readonly finding: string;
  /** That of the finding: what is a hint may not be worth the index. */
  readonly severity: Severity;
  readonly change: IndexChange['change'];
  readonly model: string;
  readonly columns: readonly string[];
  /** As a schema says it: `@@index([a, b])`. */
  readonly attribute: string;
  /** The statement for the database, without semicolon; null where there is none, as in MongoDB. */
  readonly sql: string | null;
  /** Ids of the queries it serves. */
  readonly serves: readonly string[];
  /** Entry points whose requests make one of them, sorted. */
  readonly routes: readonly string[];
  /** What their executions took together; null where none was measured. A query that needs several indexes counts at each. */
  readonly totalMs: number | null;
  /** Indexes it makes superfluous; one that several would replace stands with the first. */
  readonly replaces: readonly ReplacedIndex[];
}

/** An index of the schema that a longer one does without. */
export type ReplacedIndex = Pick<ReportedIndex, 'attribute' | 'sql'>;

/** What `querylens indexes` answers. */
export interface IndexAdvice {
  readonly version: 1;
  readonly indexes: readonly ReportedIndex[];
  /** Those that one of the indexes serves, by place. */
  readonly queries: readonly ReportedQuery[];
}
