import type { AnswerFigures, RatioFigures, RouteFigures, RouteQueries, RouteSite } from '#shared/routeFigures.ts';
import type { Database } from '../sqlite.ts';
import { type RouteRequests, routeRequests, type SiteRouteRequests } from './requestFigures.ts';

/** All routes by name, with the calls that `sites` are of. */
export function routeFigures(database: Database, sites: readonly SiteRouteRequests[]): readonly RouteFigures[] {
  const answers = new Map(answersOf(database).map((row) => [row.route, row]));
  const queries = new Map(routeRequests(database).map((row) => [row.route, row]));
  const present = sites.filter((row) => row.route !== '' && row.part === 'call');
  const sitesOf = Map.groupBy(present, ({ route }) => route);
  const names = [...new Set([...answers.keys(), ...queries.keys()])].toSorted();
  return names.map((route) => {
    const [answer, query] = [answers.get(route), queries.get(route)];
    return {
      route,
      answers: answer ? figuresOf(answer) : null,
      queries: query ? queriesOf(query) : null,
      sites: query ? sitesIn(sitesOf.get(route) ?? [], query.requests) : [],
    };
  });
}

interface AnswerRow extends Omit<AnswerFigures, 'meanMs'> {
  readonly route: string;
  readonly totalMs: number;
}

/** Bare columns are of the row that `max(at)` is of. */
function answersOf(database: Database): readonly AnswerRow[] {
  return database
    .prepare<[], AnswerRow>(
      `SELECT route, sum(requests) AS requests, sum(total_ms) AS totalMs, sum(failed) AS failed, max(at) AS lastSeen,
         p50_ms AS p50Ms, p95_ms AS p95Ms, p99_ms AS p99Ms, max_ms AS maxMs
       FROM routes GROUP BY route`,
    )
    .all();
}

function figuresOf({ route: _, totalMs, ...row }: AnswerRow): AnswerFigures {
  return { ...row, meanMs: rounded(totalMs / row.requests) };
}

function queriesOf({ requests, executions, statements, ms, most }: RouteRequests): RouteQueries {
  return {
    requests,
    callsPerRequest: rounded(executions / requests),
    mostCalls: most,
    statementsPerRequest: statements > 0 ? rounded(statements / requests) : null,
    msPerRequest: rounded(ms / requests),
  };
}

function sitesIn(rows: readonly SiteRouteRequests[], all: number): readonly RouteSite[] {
  const bySite = [...Map.groupBy(rows, ({ site }) => site)];
  const sites = bySite.map(([site, of]): RouteSite => {
    const requests = sum(of.map((row) => row.requests));
    const perRequest = rounded(sum(of.map(({ executions }) => executions)) / requests);
    const most = Math.max(...of.map((row) => row.most));
    return { site, requests, perRequest, most, msPerRequest: rounded(sum(of.map(({ ms }) => ms)) / all) };
  });
  return sites.toSorted((a, b) => b.msPerRequest - a.msPerRequest || (a.site < b.site ? -1 : 1));
}

/** As the application told them last. */
export function ratioFigures(database: Database): readonly RatioFigures[] {
  return database
    .prepare<[], RatioFigures>('SELECT ratio, value, max(at) AS at FROM ratios GROUP BY ratio ORDER BY ratio')
    .all();
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
