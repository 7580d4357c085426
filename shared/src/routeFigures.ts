/** What the running system was seen to do at one route; times in milliseconds. */
export interface RouteFigures {
  /** `GET /api/orders`. */
  readonly route: string;
  /** As the application counted them itself; null where it does not. */
  readonly answers: AnswerFigures | null;
  /** What its requests ask of the database, as far as requests were told apart; else null. */
  readonly queries: RouteQueries | null;
  /** The calls that its requests make, those that take most of their time first. */
  readonly sites: readonly RouteSite[];
}

/** Answers to requests of one route. */
export interface AnswerFigures {
  readonly requests: number;
  readonly meanMs: number;
  /** As the application told them last; null where it does not. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  /** Requests that ended in an error of the server; null where nobody counts them. */
  readonly failed: number | null;
  /** In milliseconds since 1970. */
  readonly lastSeen: number;
}

/** Queries of one request. */
export interface RouteQueries {
  readonly requests: number;
  /** Calls of the client in one request, and the most there were in one. */
  readonly callsPerRequest: number;
  readonly mostCalls: number;
  /** SQL statements in one request; null where nothing counted them. */
  readonly statementsPerRequest: number | null;
  /** Time of all of them together; more than the request took where some run at once. */
  readonly msPerRequest: number;
}

/** What one call adds to the requests of a route. */
export interface RouteSite {
  readonly site: string;
  /** Requests that made it at all. */
  readonly requests: number;
  /** How often those made it, and the most in one. */
  readonly perRequest: number;
  readonly most: number;
  /** Spread over all requests of the route, whether they made it or not. */
  readonly msPerRequest: number;
}

/** A share the application tells of itself, as it was told last. */
export interface RatioFigures {
  readonly ratio: 'cache-hits' | 'errors';
  /** From 0 to 1. */
  readonly value: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}
