import { queriesIn } from '#graph/cost/cost.ts';
import { requestCost } from '#graph/cost/requestCost.ts';
import { routePath } from '#graph/mounts.ts';
import type { EntryPoint, ProjectGraph } from '#graph/projectGraph.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';
import { type RouteCandidate, seenRoutes } from './seenRoutes.ts';

/** What was measured of each entry point of the application that asks the database. */
export function measuredRoutes(
  graph: ProjectGraph,
  seen: readonly RouteFigures[],
): ReadonlyMap<EntryPoint, RouteFigures> {
  if (seen.length === 0) return new Map();
  const entries = graph.entryPoints.filter(({ file }) => graph.role(file) === 'app');
  return seenRoutes(
    entries.map((entry) => candidate(graph, entry)).filter(({ sites }) => sites.size > 0),
    seen,
  );
}

/** With the queries of all ways, those that are not the dearest too. */
function candidate(graph: ProjectGraph, entry: EntryPoint): RouteCandidate {
  const sites = new Set([...queriesIn(requestCost(graph, entry))].map(({ id }) => id));
  return { entry, path: routePath(graph, entry) ?? '', sites };
}
