import type { AnswerFigures, RatioFigures, RouteFigures, RouteQueries, RouteSite } from '#shared/routeFigures.ts';
import type { Database } from '../sqlite.ts';
import { rounded, sum } from './arithmetic.ts';
import { type RouteRequests, routeRequests, type SiteRouteRequests, surestRequests } from './requestFigures.ts';

/** All routes by name, with the calls that `sites` are of. */
export function routeFigures(database: Database, sites: readonly SiteRouteRequests[]): readonly RouteFigures[] {
  const answers = new Map(answersOf(database).map((row) => [row.route, row]));
  const queries = Map.groupBy(routeRequests(database), ({ route }) => route);
  const sitesOf = Map.groupBy(sites, ({ route }) => route);
  const names = [...new Set([...answers.keys(), ...queries.keys()])].toSorted();
  return names.map((route) => {
    const answer = answers.get(route);
    const query = surestRequests(queries.get(route) ?? []);
    return {
      route,
      answers: answer ? figuresOf(answer) : null,
      queries: query ? queriesOf(query) : null,
      sites: query ? sitesIn(sitesOf.get(route) ?? [], query) : [],
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

/** Statements that follow in a call take of its time and are no calls. */
function sitesIn(rows: readonly SiteRouteRequests[], { source, requests: all }: RouteRequests): readonly RouteSite[] {
  const known = rows.filter(({ part }) => (part === 'call') === (source === 'call'));
  const sites = [...Map.groupBy(known, ({ site }) => site)].flatMap(([site, of]): readonly RouteSite[] => {
    const runs = of.filter(({ part }) => part !== 'further');
    const requests = sum(runs.map((row) => row.requests));
    if (requests === 0) return [];
    const perRequest = rounded(sum(runs.map(({ executions }) => executions)) / requests);
    const most = Math.max(...runs.map((row) => row.most));
    return [{ site, requests, perRequest, most, msPerRequest: rounded(sum(of.map(({ ms }) => ms)) / all) }];
  });
  return sites.toSorted((a, b) => b.msPerRequest - a.msPerRequest || (a.site < b.site ? -1 : 1));
}

/** As the application told them last. */
export function ratioFigures(database: Database): readonly RatioFigures[] {
  return database
    .prepare<[], RatioFigures>('SELECT ratio, value, max(at) AS at FROM ratios GROUP BY ratio ORDER BY ratio')
    .all();
}
