import { middlewareOf } from '#graph/cost/middleware.ts';
import { describeEntry } from '#graph/describe.ts';
import type { EntryPoint, FunctionId, ProjectGraph } from '#graph/projectGraph.ts';

/** Middleware that is known to stand before routes: what it asks is asked by requests to these. */
export interface Guards {
  isGuard(entry: EntryPoint): boolean;
  /** Names of the routes behind a guard; an entry point's own where it is none. */
  namesOf(entry: EntryPoint): readonly string[];
}

/** The guards of the application's routes. */
export function guardsOf(graph: ProjectGraph): Guards {
  const behind = new Map<FunctionId, Set<string>>();
  for (const entry of graph.entryPoints.filter((each) => !isMiddleware(each) && graph.role(each.file) === 'app'))
    for (const { id } of middlewareOf(graph, entry)) {
      const names = behind.get(id) ?? new Set();
      behind.set(id, names.add(describeEntry(graph, entry)));
    }
  const namesBehind = (entry: EntryPoint) => (isMiddleware(entry) && behind.get(entry.handler.id)) || null;
  return {
    isGuard: (entry) => namesBehind(entry) !== null,
    namesOf: (entry) => [...(namesBehind(entry) ?? [describeEntry(graph, entry)])],
  };
}

function isMiddleware({ fact }: EntryPoint): boolean {
  return fact.kind === 'middleware';
}
