import type { LatencyBin } from './measurement.ts';

/** What the executions of a stretch of time, or under one deploy, add up to; times in milliseconds. */
export interface PeriodFigures {
  readonly executions: number;
  readonly totalMs: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Executions that took longer than {@link Periods.slowMs}. */
  readonly slow: number;
}

/** What everything adds up to that is kept. */
export interface WholeFigures extends PeriodFigures {
  /** By time, with the same edges in every report; what took longer than the last one is in none. */
  readonly buckets: readonly LatencyBin[];
}

/** One stretch of a trend. */
export interface TrendPoint extends PeriodFigures {
  /** Its beginning in milliseconds since 1970. */
  readonly from: number;
}

/** What ran under one deploy: a release, a commit, whatever the executions were counted under. */
export interface DeployFigures extends PeriodFigures {
  /** Null for all of which it is not known. */
  readonly name: string | null;
  /** The first and the last hour in which it ran, as their beginnings in milliseconds since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Calls of one request on average, over the requests whose route is known; null where there are none. */
  readonly callsPerRequest: number | null;
}

/** What one query did under one deploy. */
export interface QueryUnderDeploy {
  readonly deploy: string;
  readonly calls: number;
  readonly meanMs: number;
  readonly p95Ms: number;
  /** Executions within one request; null where requests were not told apart. */
  readonly perRequest: number | null;
}

/** What requests of one route asked under one deploy. */
export interface RouteUnderDeploy {
  readonly deploy: string;
  readonly requests: number;
  readonly callsPerRequest: number;
  /** The database's share of a request, in milliseconds. */
  readonly msPerRequest: number;
}

/**
 * How the whole project went over time: all executions that are known to be of one of its calls, also of calls that were changed or are gone,
 * each counted in its hour by the surest source that tells of it there. What only totals tell of has no hour and is left out.
 */
export interface Periods {
  /** From which time on an execution is a slow one, in milliseconds. */
  readonly slowMs: number;
  /** All of it together; null where there is nothing. */
  readonly whole: WholeFigures | null;
  readonly step: 'hour' | 'day';
  /** Stretches in which something ran, oldest first. */
  readonly points: readonly TrendPoint[];
  /** Oldest first; empty where no deploy is known of anything. */
  readonly deploys: readonly DeployFigures[];
}

/** The same as a store tells it, with each query by what was running. */
export interface MeasuredPeriods extends Periods {
  /** By the id of the call as it stands now, whatever its query was, oldest deploy first; empty where fewer than two deploys are known. */
  readonly queries: ReadonlyMap<string, readonly QueryUnderDeploy[]>;
  /** By the name of the route as it was counted, oldest deploy first. */
  readonly routes: ReadonlyMap<string, readonly RouteUnderDeploy[]>;
}

/** What is clearly another under one deploy than under the one before. */
export interface DeployChange<Under = QueryUnderDeploy> {
  readonly before: Under;
  readonly after: Under;
}
