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

/** Finds the queries findings speak of, by their places and those they point to. */
export function spokenCalls(graph: ProjectGraph): (finding: Finding) => SpokenCalls {
  const byFile = Map.groupBy(graph.sites, ({ file }) => file);
  const byPlace = new Map<string, ReadonlyMap<string, QuerySite>>();
  const sitesOf = (file: string): ReadonlyMap<string, QuerySite> => {
    const known = byPlace.get(file) ?? new Map((byFile.get(file) ?? []).map((site) => [key(calleeRange(site)), site]));
    byPlace.set(file, known);
    return known;
  };
  return (finding) => {
    const here = sitesOf(finding.file).get(key(finding)) ?? around(byFile.get(finding.file) ?? [], finding);
    const own = here && agrees(here, finding) ? here : null;
    const named = finding.related.flatMap((place) => sitesOf(place.file).get(key(place)) ?? []);
    return { own, sites: [...new Set(own ? [own, ...named] : named)] };
  };
}

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

function key({ line, column }: Spot): string {
  return `${line}:${column}`;
}

/** A finding may stand within the arguments of a call. */
function around(sites: readonly QuerySite[], finding: Finding): QuerySite | undefined {
  return sites.findLast(
    ({ facts, call: { span }, ...site }) =>
      agrees(site, finding) && isWithin(offsetOf(facts.lineStarts, finding), span.start, span.end),
  );
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

function isWithin(offset: number, start: number, end: number): boolean {
  return start <= offset && offset < end;
}
