/** What requests of one route were seen to ask of the database. */
export interface CountedRoute {
  /** `GET /api/orders/:id`, as the application names it. */
  readonly route: string;
  /** `call`: as the application saw it. `statement`: as traces tell of it. */
  readonly source: 'call' | 'statement';
  readonly requests: number;
  /** Calls of the client in all of them. */
  readonly executions: number;
}

/** Queries of one request of a route, by its name in the code; null where requests of it were not counted. What the application saw goes before what traces tell. */
export function queriesPerRequest(counted: readonly CountedRoute[]): (route: string) => number | null {
  const byRoute = Map.groupBy(counted, ({ route }) => routeKey(route));
  return (route) => {
    const own = byRoute.get(routeKey(route)) ?? [];
    const seen = own.filter(({ source }) => source === 'call');
    const chosen = seen.length > 0 ? seen : own;
    const requests = chosen.reduce((sum, each) => sum + each.requests, 0);
    return requests > 0 ? chosen.reduce((sum, { executions }) => sum + executions, 0) / requests : null;
  };
}

/** Frameworks write what changes in a path in their own ways: `:id`, `[id]`, `{id}`, `$id`. */
function routeKey(route: string): string {
  return route
    .replace(/\/(?::[^/]+|\[[^\]/]+\]|\{[^}/]+\}|\$[^/]+)(?=\/|$)/g, '/:')
    .replace(/(?<=.)\/$/, '')
    .toLowerCase();
}
