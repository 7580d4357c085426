import { HOUR_MS } from '#shared/hour.ts';
import type { LatencyBin, Measurement, MeasurementDetail } from '#shared/measurement.ts';
import type { DeployFigures, QueryUnderDeploy, RouteUnderDeploy, TrendPoint, WholeFigures } from '#shared/periods.ts';
import type { AnswerFigures, RouteQueries, RouteSite } from '#shared/routeFigures.ts';
import { bins, OF_ALL, OF_QUERY, percentile, type StoreSql } from './storeSql.ts';

/** What the store holds of one query. */
export interface QueryFigures extends Measurement {
  readonly totalMs: number;
}

interface Query extends Record<string, unknown> {
  readonly site: string;
  readonly version: string;
}

export function figuresInStore(sql: StoreSql, site: string, version: string): QueryFigures {
  const all = (percent: number) => percentile(percent, '0', '0');
  const figures = sql.one<Omit<QueryFigures, 'perRequest'>>(
    `WITH ${OF_QUERY}, ${bins('0')}
     SELECT sum(count) AS calls, sum(sum_ms) AS totalMs, sum(sum_ms) / sum(count) AS meanMs, max(max_ms) AS maxMs,
       ${all(50)} AS p50Ms, ${all(95)} AS p95Ms, ${all(99)} AS p99Ms, max(match) AS match,
       sum(count) / (max(hour) - min(hour) + 1) AS perHour, max(hour) * ${HOUR_MS} AS lastSeen
     FROM chosen`,
    { site, version },
  );
  return { ...figures, perRequest: perRequestInStore(sql, { site, version })?.mean ?? null };
}

function perRequestInStore(sql: StoreSql, query: Query): { readonly mean: number; readonly most: number } | null {
  const { requests, ...figures } = sql.one<{ requests: number | null; mean: number; most: number }>(
    `WITH ${OF_QUERY} SELECT sum(requests) AS requests, sum(executions) * 1.0 / sum(requests) AS mean, max(most) AS most
     FROM site_requests WHERE site = @site AND version = @version AND part IN (SELECT part FROM chosen)`,
    query,
  );
  return requests === null ? null : figures;
}

/** With the edges a report chose for its bins. */
export function detailInStore(
  sql: StoreSql,
  site: string,
  version: string,
  edges: readonly LatencyBin[],
): Pick<MeasurementDetail, 'histogram' | 'trend' | 'perRequest'> {
  const query = { site, version };
  const histogram = edges.map(({ upToMs }, at) => {
    const above = edges[at - 1]?.upToMs ?? -1;
    return sql.one<LatencyBin>(
      `WITH ${OF_QUERY}, ${bins('0')}
       SELECT @upToMs AS upToMs, coalesce(sum(weight), 0) AS calls FROM bins WHERE ms > @above AND ms <= @upToMs`,
      { ...query, above, upToMs },
    );
  });
  const trend = sql.all<MeasurementDetail['trend'][number]>(
    `WITH ${OF_QUERY}, ${bins('hour')}, hours AS (SELECT hour AS h, sum(count) AS calls FROM chosen GROUP BY hour)
     SELECT h * ${HOUR_MS} AS hour, calls, ${percentile(95, 'hour', 'h')} AS p95Ms FROM hours ORDER BY h DESC LIMIT 48`,
    query,
  );
  return { histogram, trend: trend.toReversed(), perRequest: perRequestInStore(sql, query) };
}

/** What the store holds of a route, and of the queries that stand in the code now. */
export function routeInStore(sql: StoreSql, route: string, queries: readonly Query[]) {
  const last = (column: string) => `(SELECT ${column} FROM routes WHERE route = @route ORDER BY at DESC LIMIT 1)`;
  const [answers = null] = sql.all<AnswerFigures>(
    `SELECT sum(requests) AS requests, sum(total_ms) / sum(requests) AS meanMs, sum(failed) AS failed, max(at) AS lastSeen,
       ${last('p50_ms')} AS p50Ms, ${last('p95_ms')} AS p95Ms, ${last('p99_ms')} AS p99Ms, ${last('max_ms')} AS maxMs
     FROM routes WHERE route = @route GROUP BY route`,
    { route },
  );
  const [asked = null] = sql.all<RouteQueries>(
    `SELECT sum(requests) AS requests, sum(executions) * 1.0 / sum(requests) AS callsPerRequest, max(most) AS mostCalls,
       sum(statements) * 1.0 / sum(requests) AS statementsPerRequest, sum(ms) / sum(requests) AS msPerRequest
     FROM route_requests WHERE route = @route AND source = 'call' GROUP BY route`,
    { route },
  );
  const sites = sql.all<RouteSite>(
    `SELECT site, sum(requests) AS requests, sum(executions) * 1.0 / sum(requests) AS perRequest, max(most) AS most,
       sum(ms) / @all AS msPerRequest
     FROM site_requests WHERE route = @route AND part = 'call'
       AND site || ' ' || version IN (SELECT value ->> 'site' || ' ' || (value ->> 'version') FROM json_each(@queries))
     GROUP BY site ORDER BY msPerRequest DESC`,
    { route, all: asked?.requests ?? 0, queries: JSON.stringify(queries) },
  );
  return { answers, queries: asked, sites };
}

const FIGURES = `sum(count) AS executions, sum(sum_ms) AS totalMs, max(max_ms) AS maxMs`;

export function trendInStore(sql: StoreSql, slowMs: number): readonly TrendPoint[] {
  return sql.all<TrendPoint>(
    `WITH ${OF_ALL}, ${bins('hour')}, hours AS (SELECT hour AS h, ${FIGURES} FROM chosen GROUP BY hour)
     SELECT h * ${HOUR_MS} AS "from", executions, totalMs, ${percentile(95, 'hour', 'h')} AS p95Ms, maxMs,
       (SELECT coalesce(sum(weight), 0) FROM bins WHERE within = h AND ms > @slowMs) AS slow
     FROM hours ORDER BY h`,
    { slowMs },
  );
}

export function wholeInStore(sql: StoreSql, slowMs: number): WholeFigures {
  const edges = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];
  const buckets = edges.map((upToMs, at) =>
    sql.one<LatencyBin>(
      `WITH ${OF_ALL}, ${bins('0')}
       SELECT @upToMs AS upToMs, coalesce(sum(weight), 0) AS calls FROM bins WHERE ms > @above AND ms <= @upToMs`,
      { upToMs, above: edges[at - 1] ?? -1 },
    ),
  );
  const figures = sql.one<TrendPoint>(
    `WITH ${OF_ALL}, ${bins('0')}
     SELECT ${FIGURES}, ${percentile(95, '0', '0')} AS p95Ms,
       (SELECT coalesce(sum(weight), 0) FROM bins WHERE ms > @slowMs) AS slow
     FROM chosen`,
    { slowMs },
  );
  return { ...figures, buckets };
}

export function deploysInStore(sql: StoreSql, slowMs: number): readonly DeployFigures[] {
  return sql.all<DeployFigures>(
    `WITH ${OF_ALL}, ${bins('deploy')},
       under AS (SELECT deploy AS d, ${FIGURES}, min(hour) AS first, max(hour) AS last FROM chosen GROUP BY deploy)
     SELECT (SELECT name FROM deploys WHERE id = d) AS name, executions, totalMs, ${percentile(95, 'deploy', 'd')} AS p95Ms, maxMs,
       (SELECT coalesce(sum(weight), 0) FROM bins WHERE within = d AND ms > @slowMs) AS slow,
       first * ${HOUR_MS} AS firstSeen, last * ${HOUR_MS} AS lastSeen,
       (SELECT sum(executions) * 1.0 / sum(requests) FROM route_requests AS asked WHERE deploy = d AND source = (
         SELECT min(source) FROM route_requests AS other WHERE other.route = asked.route AND other.deploy = d)) AS callsPerRequest
     FROM under ORDER BY first, d`,
    { slowMs },
  );
}

/** What one call did under each deploy that has a name, whatever its query was. */
export function queryUnderDeploys(sql: StoreSql, site: string): readonly QueryUnderDeploy[] {
  return sql.all<QueryUnderDeploy>(
    `WITH ${OF_ALL.replace("WHERE site <> ''", 'WHERE site = @site')}, ${bins('deploy')},
       under AS (SELECT deploy AS d, sum(count) AS calls, sum(sum_ms) / sum(count) AS meanMs FROM chosen GROUP BY deploy)
     SELECT name AS deploy, calls, meanMs, ${percentile(95, 'deploy', 'd')} AS p95Ms,
       (SELECT sum(executions) * 1.0 / sum(requests) FROM site_requests WHERE site = @site AND deploy = d AND part = 'call') AS perRequest
     FROM under JOIN deploys ON id = d ORDER BY d`,
    { site },
  );
}

/** What requests of one route asked under each deploy that has a name. */
export function routeUnderDeploys(sql: StoreSql, route: string): readonly RouteUnderDeploy[] {
  return sql.all<RouteUnderDeploy>(
    `SELECT name AS deploy, sum(requests) AS requests, sum(executions) * 1.0 / sum(requests) AS callsPerRequest,
       sum(ms) / sum(requests) AS msPerRequest
     FROM route_requests JOIN deploys ON id = deploy WHERE route = @route AND source = 'call' GROUP BY deploy ORDER BY deploy`,
    { route },
  );
}

/** The most executions of one hour that took longer, each call by its surest source. */
export function slowInStore(sql: StoreSql, overMs: number): number {
  const { most } = sql.one<{ most: number }>(
    `WITH ${OF_ALL.replaceAll('other.hour = timed.hour', 'true')}, ${bins('hour')},
       slow AS (SELECT sum(weight) AS executions FROM bins WHERE ms > @overMs GROUP BY within)
     SELECT max(executions) AS most FROM slow`,
    { overMs },
  );
  return most;
}

export function ratioInStore(sql: StoreSql, ratio: string): number {
  return sql.one<{ value: number }>('SELECT value FROM ratios WHERE ratio = @ratio ORDER BY at DESC LIMIT 1', { ratio })
    .value;
}
