import type { CallFact, EntryPointFact } from '#syntax/facts.ts';
import { isInside } from './places.ts';
import { type EntryPoint, functionId, type ProjectGraph, type Table } from './projectGraph.ts';

/** Where a router is filled or hung up: a position in a function. */
export interface RouterPlace {
  readonly file: string;
  readonly function: number;
  readonly position: number;
  /** The call that made the router, by its index in the file; null where that is not seen. */
  readonly router: number | null;
}

/** A router, or middleware, hung on a router. */
export interface Mount extends RouterPlace {
  readonly fact: EntryPointFact;
  /** The call that made what is hung up, in its own file; null where that is not seen. */
  readonly hung: number | null;
}

/** Where an entry point is hung up. */
export function placeOfEntry(graph: ProjectGraph, { file, fact }: Pick<EntryPoint, 'file' | 'fact'>): RouterPlace {
  const call = registrationOf(graph, file, fact);
  const root = call?.callee.root;
  return {
    ...{ file, function: call?.function ?? 0, position: fact.span.start },
    router: root?.kind === 'call' ? root.call : null,
  };
}

/** The innermost call around the words of an entry point. */
function registrationOf(graph: ProjectGraph, file: string, { span }: EntryPointFact): CallFact | null {
  const calls = graph.files.get(file)?.calls.filter((call) => isInside(span, call.span)) ?? [];
  return calls.reduce<CallFact | null>((best, call) => (best && !isInside(call.span, best.span) ? best : call), null);
}

/** What is hung on routers in the function of a place. */
export function mountsAt(graph: ProjectGraph, place: RouterPlace): readonly Mount[] {
  return graph.lookUp(BY_PLACE, `${place.file}#${place.function}`) ?? [];
}

/** Where the router of a place, or the function that fills it, is hung up. */
export function mountsOf(graph: ProjectGraph, { file, function: index, router }: RouterPlace): readonly Mount[] {
  const mounts = graph.lookUp(BY_TARGET, `${file}#${index}`) ?? [];
  return mounts.filter(({ hung, file: at }) =>
    hung !== null && router !== null ? hung === router : at !== file || index !== 0,
  );
}

/** A router hung up in more ways than this is hung up everywhere. */
const MAX_DEPTH = 6;

/** The whole path of an entry point, with those of the routers it is hung on; its own where they are several or unknown. */
export function routePath(graph: ProjectGraph, entry: EntryPoint): string | null {
  const { route, framework } = entry.fact;
  if (route === null || !HANGS.has(framework) || !route.startsWith('/')) return route;
  return graph.remember(entry, 'route path', () => {
    const paths = new Set(pathsOf(graph, placeOfEntry(graph, entry), route, 0));
    const [only] = paths;
    return only !== undefined && paths.size === 1 ? only : route;
  });
}

const HANGS: ReadonlySet<EntryPointFact['framework']> = new Set(['express', 'fastify', 'hono', 'koa', 'other']);

function pathsOf(graph: ProjectGraph, place: RouterPlace, path: string, depth: number): readonly string[] {
  if (depth > MAX_DEPTH) return [path];
  const mounts = mountsOf(graph, place).filter(({ fact }) => fact.route === null || !/[*]/.test(fact.route));
  if (mounts.length > 0)
    return mounts.flatMap((mount) => pathsOf(graph, mount, joined(mount.fact.route ?? '', path), depth + 1));
  const fillers = place.function === 0 ? [] : graph.callers(functionId(place.file, place.function));
  if (fillers.length === 0) return [path];
  return fillers.flatMap(({ from, call }) => {
    const { file, fact } = graph.function(from);
    return pathsOf(graph, { file, function: fact.index, position: call.span.start, router: null }, path, depth + 1);
  });
}

function joined(prefix: string, path: string): string {
  const whole = `${prefix.replace(/\/$/, '')}${path === '/' ? '' : path}`;
  return whole === '' ? '/' : whole;
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
      const mount = graph.remember(fact, 'mount', () => mountOf(graph, file, fact));
      const key = keyOf(graph, mount);
      if (key !== null) add(mounts, key, mount);
    }
  return mounts;
}

function mountOf(graph: ProjectGraph, file: string, fact: EntryPointFact): Mount {
  const { value } = graph.resolve(file, fact.handler);
  return { ...placeOfEntry(graph, { file, fact }), fact, hung: value.kind === 'call' ? value.call : null };
}

function placeKey(_: ProjectGraph, { file, function: index }: Mount): string {
  return `${file}#${index}`;
}

function targetKey(graph: ProjectGraph, { file, fact, hung }: Mount): string | null {
  const target = graph.resolve(file, fact.handler);
  const index = target.value.kind === 'function' ? target.value.function : 0;
  return target.file !== file || index !== 0 || hung !== null ? `${target.file}#${index}` : null;
}

function add(map: Map<string, Mount[]>, key: string, mount: Mount): void {
  map.set(key, [...(map.get(key) ?? []), mount]);
}
