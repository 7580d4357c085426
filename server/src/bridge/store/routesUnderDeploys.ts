import type { RouteUnderDeploy } from '#shared/periods.ts';
import { rounded, sum } from './arithmetic.ts';
import { type DeployRequests, surestRequests } from './requestFigures.ts';

/** What requests of each route asked under each deploy that has a name, in their order; by the name of the route. */
export function routesUnderDeploys(
  requests: readonly DeployRequests[],
  names: ReadonlyMap<number, string>,
): ReadonlyMap<string, readonly RouteUnderDeploy[]> {
  const routes = [...Map.groupBy(requests, ({ route }) => route)];
  return new Map(
    routes.map(([route, of]) => {
      const byDeploy = Map.groupBy(of, ({ deploy }) => deploy);
      const under = [...names].flatMap(([id, name]): readonly RouteUnderDeploy[] => {
        const found = surestRequests(byDeploy.get(id) ?? []);
        return found ? [{ deploy: name, ...figuresOf(found) }] : [];
      });
      return [route, under];
    }),
  );
}

function figuresOf({ requests, executions, ms }: DeployRequests): Omit<RouteUnderDeploy, 'deploy'> {
  return { requests, callsPerRequest: rounded(executions / requests), msPerRequest: rounded(ms / requests) };
}

/** Over all routes together; null where there are none. */
export function callsPerRequest(rows: readonly DeployRequests[]): number | null {
  const routes = [...Map.groupBy(rows, ({ route }) => route).values()].flatMap((of) => surestRequests(of) ?? []);
  const requests = sum(routes.map((route) => route.requests));
  return requests > 0 ? rounded(sum(routes.map(({ executions }) => executions)) / requests) : null;
}
