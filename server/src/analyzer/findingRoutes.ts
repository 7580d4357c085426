import { describeEntry } from '#graph/describe.ts';
import { type EntryPoint, type FunctionId, functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import type { Finding } from '#shared/finding.ts';

/** Names of the entry points whose requests run through a function, sorted; `namesOf` says what an entry point is called. */
export function routesReaching(
  graph: ProjectGraph,
  namesOf: NamesOfEntry = (entry) => [describeEntry(graph, entry)],
): (id: FunctionId) => readonly string[] {
  const handlers = Map.groupBy(graph.entryPoints, ({ handler }) => handler.id);
  const known = new Map<FunctionId, readonly string[]>();
  return (id) => {
    const routes = known.get(id) ?? [...reachedFrom(graph, handlers, id, namesOf)].sort();
    known.set(id, routes);
    return routes;
  };
}

/** Names of the entry points whose requests run through the places a finding speaks of, sorted; empty where none is known. */
export function findingRoutes(graph: ProjectGraph): (finding: Finding) => readonly string[] {
  const routesOf = routesReaching(graph);
  const routesAt = (places: readonly Place[]): readonly string[] => {
    const functions = places.flatMap((place) => functionAt(graph, place) ?? []);
    return [...new Set(functions.flatMap((id) => [...routesOf(id)]))].sort();
  };
  return (finding) => {
    // A missing index concerns all the queries it would serve.
    if (!graph.files.has(finding.file)) return routesAt(finding.related);
    // What is said of a route itself stands before its handler, and the first step leads into it.
    const steps = [finding, ...finding.related].map((place) => routesAt([place]));
    return steps.find((routes) => routes.length > 0) ?? [];
  };
}

type NamesOfEntry = (entry: EntryPoint) => readonly string[];

type Place = Pick<Finding, 'file' | 'line' | 'column'>;

function reachedFrom(
  graph: ProjectGraph,
  handlers: ReadonlyMap<FunctionId, readonly EntryPoint[]>,
  from: FunctionId,
  namesOf: NamesOfEntry,
): ReadonlySet<string> {
  const routes = new Set<string>();
  const seen = new Set([from]);
  for (const id of seen) {
    const entries = handlers.get(id);
    for (const name of (entries ?? []).flatMap(namesOf)) routes.add(name);
    if (!entries) for (const { from: caller } of graph.callers(id)) seen.add(caller);
  }
  return routes;
}

/** The innermost function around a place. */
function functionAt(graph: ProjectGraph, { file, line, column }: Place): FunctionId | null {
  const facts = graph.files.get(file);
  const lineStart = facts?.lineStarts[line - 1];
  if (!facts || lineStart === undefined) return null;
  const at = lineStart + column - 1;
  const around = facts.functions.filter(({ span }) => span.start <= at && at < span.end);
  const innermost = around.toSorted((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  return innermost ? functionId(file, innermost.index) : null;
}
