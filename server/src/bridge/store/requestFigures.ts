import type { Database } from '../sqlite.ts';
import { rounded } from './arithmetic.ts';

/** In how many requests a call site was seen, and how often; one row for each query and source. */
export interface SiteRequests {
  readonly site: string;
  readonly version: string;
  readonly part: string;
  readonly requests: number;
  readonly executions: number;
  /** In one request, at most. */
  readonly most: number;
}

/** The same by route. */
export interface SiteRouteRequests extends SiteRequests {
  /** Empty where it is not known. */
  readonly route: string;
  readonly ms: number;
}

const SUMS = 'sum(requests) AS requests, sum(executions) AS executions, sum(ms) AS ms, max(most) AS most';

/** Of all call sites. */
export function siteRequests(database: Database): readonly SiteRequests[] {
  return database.prepare<[], SiteRequests>('SELECT * FROM request_sums WHERE requests > 0').all();
}

export function siteRouteRequests(database: Database): readonly SiteRouteRequests[] {
  return database
    .prepare<[], SiteRouteRequests>(
      `SELECT site, version, part, route, ${SUMS} FROM site_requests GROUP BY site, version, part, route HAVING sum(requests) > 0`,
    )
    .all();
}

/** The same by deploy, see `deployIds`. */
export interface SiteDeployRequests extends SiteRequests {
  readonly deploy: number;
}

export function siteDeployRequests(database: Database): readonly SiteDeployRequests[] {
  return database
    .prepare<[], SiteDeployRequests>(
      `SELECT site, version, part, deploy, ${SUMS} FROM site_requests GROUP BY site, version, part, deploy HAVING sum(requests) > 0`,
    )
    .all();
}

/** How often one request makes a call. */
export interface PerRequest {
  readonly mean: number;
  readonly most: number;
}

/** Null where requests were not told apart. */
export function perRequestOf(rows: readonly SiteRequests[]): PerRequest | null {
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  if (!(requests > 0)) return null;
  const executions = rows.reduce((sum, row) => sum + row.executions, 0);
  return { mean: rounded(executions / requests), most: Math.max(...rows.map(({ most }) => most)) };
}

/** What the requests of one route were seen to ask of the database. */
export interface RouteRequests {
  /** `GET /api/orders`. */
  readonly route: string;
  /** `call`: as the application saw it. `statement`: as traces tell of it. */
  readonly source: 'call' | 'statement';
  readonly requests: number;
  /** Calls of the client in all of them. */
  readonly executions: number;
  /** SQL statements in all of them; 0 where nothing counted them. */
  readonly statements: number;
  readonly ms: number;
  /** Calls in one request, at most. */
  readonly most: number;
}

/** The same by deploy, see `deployIds`. */
export interface DeployRequests extends RouteRequests {
  readonly deploy: number;
}

export function deployRequests(database: Database): readonly DeployRequests[] {
  return database
    .prepare<[], DeployRequests>(
      `SELECT deploy, route, source, ${SUMS}, sum(statements) AS statements FROM route_requests GROUP BY deploy, route, source HAVING sum(requests) > 0`,
    )
    .all();
}

/** Of what is known of one route: what the application saw of its calls goes before what traces tell of statements, for they are of the same requests. */
export function surestRequests<Row extends RouteRequests>(rows: readonly Row[]): Row | null {
  return rows.find(({ source }) => source === 'call') ?? rows[0] ?? null;
}

export function routeRequests(database: Database): readonly RouteRequests[] {
  return database
    .prepare<[], RouteRequests>(
      `SELECT route, source, ${SUMS}, sum(statements) AS statements FROM route_requests GROUP BY route, source HAVING sum(requests) > 0`,
    )
    .all();
}
