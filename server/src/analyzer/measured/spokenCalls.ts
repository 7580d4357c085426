import { calleePlace } from '#graph/places.ts';
import type { FunctionId, ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { isHandler } from '#graph/reach.ts';
import type { Finding } from '#shared/finding.ts';
import { calleeRange } from '../siteAt.ts';

/** The queries a finding speaks of. */
export interface SpokenCalls {
  /** The one at which it stands. */
  readonly own: QuerySite | null;
  /** All of them, its own first. */
  readonly sites: readonly QuerySite[];
}

/** Finds the queries findings speak of, by their places and those they point to; only where one of them may be among those that are `known`. */
export function spokenCalls(
  graph: ProjectGraph,
  known: (site: QuerySite) => boolean,
): (finding: Finding) => SpokenCalls {
  const byFile = Map.groupBy(graph.sites, ({ file }) => file);
  const knownIn = new Set(graph.sites.filter(known).map(({ file }) => file));
  const byPlace = new Map<string, ReadonlyMap<string, QuerySite>>();
  const sitesOf = (file: string): ReadonlyMap<string, QuerySite> => {
    const known = byPlace.get(file) ?? new Map((byFile.get(file) ?? []).map((site) => [keyOf(site), site]));
    byPlace.set(file, known);
    return known;
  };
  return (finding) => {
    if (!knownIn.has(finding.file) && !finding.related.some(({ file }) => knownIn.has(file))) return NONE;
    const here = sitesOf(finding.file).get(key(finding)) ?? around(byFile.get(finding.file) ?? [], finding);
    const own = here && agrees(here, finding) ? here : null;
    const named = finding.related.flatMap((place) => sitesOf(place.file).get(key(place)) ?? []);
    return { own, sites: [...new Set(own ? [own, ...named] : named)] };
  };
}

const NONE: SpokenCalls = { own: null, sites: [] };

/** Whether every run of a query comes through the call at which a finding stands. */
export function isOnlyWay(graph: ProjectGraph, site: QuerySite, finding: Finding): boolean {
  let at: FunctionId = site.function.id;
  for (let step = 0; step < MOST_STEPS; step++) {
    const [edge, ...others] = graph.callers(at);
    if (!edge || others.length > 0 || isHandler(graph, at)) return false;
    const { file } = graph.function(edge.from);
    if (edge.call && file === finding.file && calleePlace(file, edge.call).span.start === startOf(graph, finding))
      return true;
    at = edge.from;
  }
  return false;
}

const MOST_STEPS = 20;

interface Spot {
  readonly line: number;
  readonly column: number;
}

const keys = new WeakMap<QuerySite, string>();

function keyOf(site: QuerySite): string {
  const known = keys.get(site) ?? key(calleeRange(site));
  keys.set(site, known);
  return known;
}

function key({ line, column }: Spot): string {
  return `${line}:${column}`;
}

/** A finding may stand within the arguments of a call. */
function around(sites: readonly QuerySite[], finding: Finding): QuerySite | undefined {
  const offset = offsetOf(sites[0]?.facts.lineStarts ?? [], finding);
  return sites.findLast((site) => {
    const { start, end } = site.call.span;
    return start <= offset && offset < end && agrees(site, finding);
  });
}

function agrees({ model, operation }: Pick<QuerySite, 'model' | 'operation'>, finding: Finding): boolean {
  return (model?.name ?? null) === finding.model && operation === finding.operation;
}

function startOf(graph: ProjectGraph, finding: Finding): number {
  return offsetOf(graph.files.get(finding.file)?.lineStarts ?? [], finding);
}

function offsetOf(lineStarts: readonly number[], { line, column }: Spot): number {
  return (lineStarts[line - 1] ?? Number.NaN) + column - 1;
}
