import type { EntryPoint } from '#graph/projectGraph.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';

/** An entry point with the queries its requests may make. */
export interface RouteCandidate {
  readonly entry: EntryPoint;
  /** The whole path as far as the code tells it. */
  readonly path: string;
  readonly sites: ReadonlySet<string>;
}

/**
 * What was measured of each entry point. Of routers that are hung up out of sight the code knows the path within, so they are held
 * together by the method, the end of the path and the queries that were made; where that leaves several, it is none's.
 */
export function seenRoutes(
  candidates: readonly RouteCandidate[],
  seen: readonly RouteFigures[],
): ReadonlyMap<EntryPoint, RouteFigures> {
  const found = new Map<EntryPoint, RouteFigures>();
  for (const route of seen) {
    const fitting = candidates.filter((candidate) => fits(candidate, route));
    const whole = fitting.filter(({ path }) => steps(path).length === pathOfSeen(route).length);
    const [only, ...others] = whole.length > 0 ? whole : longest(fitting);
    if (only && others.length === 0 && !found.has(only.entry)) found.set(only.entry, route);
  }
  return found;
}

function fits({ entry, path: known, sites }: RouteCandidate, route: RouteFigures): boolean {
  const [method = ''] = route.route.split(' ', 1);
  if (entry.fact.method !== null && entry.fact.method !== method) return false;
  const [path, own] = [pathOfSeen(route), steps(known)];
  const ends = own.every((step, at) => isSame(step, path[path.length - own.length + at]));
  return ends && route.sites.every(({ site }) => sites.has(site));
}

/** Of several routers the one that says most of the path. */
function longest(fitting: readonly RouteCandidate[]): readonly RouteCandidate[] {
  const most = Math.max(...fitting.map(({ path }) => steps(path).length));
  return fitting.filter(({ path }) => steps(path).length === most);
}

/** A parameter is written `:id`, `[id]`, `{id}` or `$id`, and may be named in two ways. */
function isSame(step: string, other: string | undefined): boolean {
  return step === other || (isParameter(step) && other !== undefined && isParameter(other));
}

function isParameter(step: string): boolean {
  return /^[:[{$*]/.test(step);
}

function pathOfSeen({ route }: RouteFigures): readonly string[] {
  return steps(route.slice(route.indexOf(' ') + 1));
}

function steps(path: string): readonly string[] {
  return path.split('/').filter((step) => step !== '');
}
