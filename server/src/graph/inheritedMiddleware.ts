import { describeValue } from './describe.ts';
import { type Mount, mountsAt, mountsOf, placeOfEntry, type RouterPlace } from './mounts.ts';
import { type EntryPoint, type FunctionNode, functionId, type ProjectGraph } from './projectGraph.ts';

/** What requests pass before they come to a route's own file: middleware by name, in the file that names it, and functions written in place. */
export interface Inherited {
  readonly named: readonly { readonly file: string; readonly name: string }[];
  readonly functions: readonly FunctionNode[];
}

/** Places looked at on the way up; a router hung up in more is hung up everywhere. */
const MAX_PLACES = 60;

/**
 * Goes from the route's place up to the application: to callers of the function that fills the router, and to the places
 * where the file's router is hung on another: `app.use('/admin', requireAdmin, adminRouter)`.
 */
export function inheritedMiddleware(graph: ProjectGraph, entry: EntryPoint): Inherited {
  const named: { file: string; name: string }[] = [];
  const functions: FunctionNode[] = [];
  const places = [placeOfEntry(graph, entry)];
  const seen = new Set<string>();
  for (const place of places) {
    const key = `${place.file}#${place.function}`;
    if (seen.has(key) || seen.size > MAX_PLACES) continue;
    seen.add(key);
    for (const mount of mountsBefore(graph, place)) {
      const own = describeValue(graph, mount.file, mount.fact.handler);
      named.push(...namesOf(mount), ...(own === null ? [] : [{ file: mount.file, name: own }]));
      if (mount.fact.handler.kind === 'function')
        functions.push(graph.function(functionId(mount.file, mount.fact.handler.function)));
    }
    for (const mount of mountsOf(graph, place)) {
      named.push(...namesOf(mount));
      places.push(mount);
    }
    if (place.function !== 0)
      for (const { from, call } of graph.callers(functionId(place.file, place.function))) {
        const caller = graph.function(from);
        places.push({ file: caller.file, function: caller.fact.index, position: call.span.start, router: null });
      }
  }
  return { named, functions };
}

function namesOf({ file, fact }: Mount): Inherited['named'] {
  return fact.wrappers.map((name) => ({ file, name }));
}

/** Middleware for every path, set in the same function before a position. */
function mountsBefore(graph: ProjectGraph, place: RouterPlace): readonly Mount[] {
  return mountsAt(graph, place).filter((mount) => coversAll(mount) && isBefore(mount, place));
}

function coversAll({ fact }: Mount): boolean {
  return fact.route === null || /^\/?\*?$/.test(fact.route);
}

/** Fastify runs a hook for all routes of its instance, whenever it was added. */
function isBefore(mount: Mount, place: RouterPlace): boolean {
  return mount.fact.framework === 'fastify' || mount.position < place.position;
}
