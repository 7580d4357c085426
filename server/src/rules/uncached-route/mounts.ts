import { describeValue } from '#graph/describe.ts';
import { isInside } from '#graph/places.ts';
import { type EntryPoint, type FunctionNode, functionId, type ProjectGraph, type Table } from '#graph/projectGraph.ts';
import type { EntryPointFact } from '#syntax/facts.ts';

/** What requests pass before they come to a route's own file: names of middleware, and functions written in place. */
export interface Inherited {
  readonly names: readonly string[];
  readonly functions: readonly FunctionNode[];
}

/** Where a router is filled or hung up: a position in a function. */
interface Place {
  readonly file: string;
  readonly function: number;
  readonly position: number;
}

interface Mount extends Place {
  readonly fact: EntryPointFact;
}

/** Places looked at on the way up; a router hung up in more is hung up everywhere. */
const MAX_PLACES = 60;

/**
 * Goes from the route's place up to the application: to callers of the function that fills the router, and to the places
 * where the file's router is hung on another: `app.use('/admin', requireAdmin, adminRouter)`.
 */
export function inheritedMiddleware(graph: ProjectGraph, { file, fact }: EntryPoint): Inherited {
  const names: string[] = [];
  const functions: FunctionNode[] = [];
  const places = [placeOf(graph, file, fact)];
  const seen = new Set<string>();
  for (const place of places) {
    const key = `${place.file}#${place.function}`;
    if (seen.has(key) || seen.size > MAX_PLACES) continue;
    seen.add(key);
    for (const mount of mountsBefore(graph, place)) {
      names.push(...mount.fact.wrappers, describeValue(graph, mount.file, mount.fact.handler) ?? '');
      if (mount.fact.handler.kind === 'function')
        functions.push(graph.function(functionId(mount.file, mount.fact.handler.function)));
    }
    for (const mount of mountsOf(graph, place)) {
      names.push(...mount.fact.wrappers);
      places.push(mount);
    }
    if (place.function !== 0)
      for (const { from, call } of graph.callers(functionId(place.file, place.function))) {
        const caller = graph.function(from);
        places.push({ file: caller.file, function: caller.fact.index, position: call.span.start });
      }
  }
  return { names, functions };
}

/** Middleware for every path, set in the same function before a position. */
function mountsBefore(graph: ProjectGraph, place: Place): readonly Mount[] {
  const mounts = graph.lookUp(BY_PLACE, `${place.file}#${place.function}`) ?? [];
  return mounts.filter((mount) => coversAll(mount) && isBefore(mount, place));
}

/** Where the router of a module, or the function that fills it, is hung up. */
function mountsOf(graph: ProjectGraph, { file, function: index }: Place): readonly Mount[] {
  return graph.lookUp(BY_TARGET, `${file}#${index}`) ?? [];
}

const BY_PLACE: Table<readonly Mount[]> = { name: 'mounts at', read: (graph) => readMounts(graph, placeKey), same };
const BY_TARGET: Table<readonly Mount[]> = { name: 'mounts of', read: (graph) => readMounts(graph, targetKey), same };

/** New facts of a file have new facts of its mounts. */
function same(a: readonly Mount[], b: readonly Mount[]): boolean {
  return a.length === b.length && a.every((mount, at) => mount === b[at]);
}

function readMounts(
  graph: ProjectGraph,
  keyOf: (graph: ProjectGraph, mount: Mount) => string | null,
): ReadonlyMap<string, readonly Mount[]> {
  const mounts = new Map<string, Mount[]>();
  for (const [file, { entryPoints }] of graph.files)
    for (const fact of entryPoints) {
      if (fact.kind !== 'middleware') continue;
      const mount = graph.remember(fact, 'mount', () => ({ ...placeOf(graph, file, fact), fact }));
      const key = keyOf(graph, mount);
      if (key !== null) add(mounts, key, mount);
    }
  return mounts;
}

function placeKey(_: ProjectGraph, { file, function: index }: Mount): string {
  return `${file}#${index}`;
}

function targetKey(graph: ProjectGraph, { file, fact }: Mount): string | null {
  const target = graph.resolve(file, fact.handler);
  const index = target.value.kind === 'function' ? target.value.function : 0;
  return target.file !== file || index !== 0 ? `${target.file}#${index}` : null;
}

function add(map: Map<string, Mount[]>, key: string, mount: Mount): void {
  map.set(key, [...(map.get(key) ?? []), mount]);
}

function coversAll({ fact }: Mount): boolean {
  return fact.route === null || /^\/?\*?$/.test(fact.route);
}

/** Fastify runs a hook for all routes of its instance, whenever it was added. */
function isBefore(mount: Mount, place: Place): boolean {
  return mount.fact.framework === 'fastify' || mount.position < place.position;
}

function placeOf(graph: ProjectGraph, file: string, { span }: EntryPointFact): Place {
  const calls = graph.files.get(file)?.calls.filter((call) => isInside(span, call.span)) ?? [];
  const innermost = calls.reduce(
    (best, call) => (isInside(call.span, best.span) ? call : best),
    calls[0] ?? { span, function: 0 },
  );
  return { file, function: innermost.function, position: span.start };
}
