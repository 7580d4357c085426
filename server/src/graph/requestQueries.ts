import { reachesQuery } from './asks/reaching.ts';
import { isBatchable } from './batching.ts';
import { sumText } from './formula.ts';
import { isRegistration } from './loops/repetition.ts';
import { edgeTurns, statementTurns, type Turns, turnsOf, writtenAt } from './loops/turns.ts';
import type { CallEdge, EntryPoint, FunctionId, ProjectGraph, QuerySite } from './projectGraph.ts';

/** What one request to an entry point makes of queries. */
export interface RequestQueries {
  /** `1 + N`, with `up to` before it where conditions decide; null where there are none or they cannot be counted. */
  readonly formula: string | null;
  readonly sites: ReadonlySet<QuerySite>;
  /** Functions a request runs through, the handler among them. */
  readonly functions: ReadonlySet<FunctionId>;
}

/** Ways followed per entry point, so that a large application stays cheap. */
const MAX_VISITS = 2000;
const MAX_DEPTH = 12;
/** Queries up to which a bound still says something; behind more conditions it is far from what any request makes. */
const MAX_BOUND = 12;

interface Walk {
  readonly graph: ProjectGraph;
  readonly counts: (readonly Turns[])[];
  readonly sites: Set<QuerySite>;
  readonly functions: Set<FunctionId>;
  /** Some query runs only under a condition. */
  conditional: boolean;
  /** Recursion, or more ways than were followed. */
  uncountable: boolean;
  visits: number;
}

/** Walks down from the handler; a helper called twice counts twice, a query in a loop counts per element. */
export function requestQueries(graph: ProjectGraph, entry: EntryPoint): RequestQueries {
  const walk: Walk = {
    ...{ graph, counts: [], sites: new Set(), functions: new Set() },
    ...{ conditional: false, uncountable: false, visits: 0 },
  };
  visit(walk, entry.handler.id, [], []);
  const certain = !walk.conditional || walk.counts.length === 1;
  const sum = walk.uncountable || (!certain && walk.counts.length > MAX_BOUND) ? null : sumText(walk.counts);
  const formula = sum !== null && !certain ? `up to ${sum}` : sum;
  return { formula, sites: walk.sites, functions: walk.functions };
}

function visit(walk: Walk, id: FunctionId, turns: readonly Turns[], path: readonly FunctionId[]): void {
  const { graph } = walk;
  walk.functions.add(id);
  walk.visits++;
  for (const site of graph.sitesIn(id)) count(walk, site, turns);
  for (const edge of graph.callees(id)) {
    if (leavesRequest(walk, edge)) continue;
    const isRecursive = path.includes(edge.to) || edge.to === id;
    if (isRecursive) walk.uncountable ||= reachesQuery(graph, edge.to);
    if (walk.visits > MAX_VISITS || path.length > MAX_DEPTH) walk.uncountable = true;
    const isKnown = isRecursive || (walk.uncountable && walk.functions.has(edge.to));
    if (!isKnown) follow(walk, edge, turns, [...path, id]);
  }
}

function follow(walk: Walk, edge: CallEdge, turns: readonly Turns[], path: readonly FunctionId[]): void {
  const before = walk.counts.length;
  const around = statementTurns(walk.graph, edge.from, edge.call);
  visit(walk, edge.to, [...turns, ...around, ...edgeTurns(walk.graph, edge)], path);
  if (walk.counts.length > before && isConditional(edge.call.branches)) walk.conditional = true;
}

function count(walk: Walk, site: QuerySite, turns: readonly Turns[]): void {
  walk.sites.add(site);
  if (isConditional(site.call.branches)) walk.conditional = true;
  const all = [...turns, ...statementTurns(walk.graph, site.function.id, site.call)];
  const batched = isBatchable(walk.graph, site) && turnsOf(walk.graph, site).length === 0;
  walk.counts.push(batched ? [] : all);
}

/** The callback is only stored, is another request's handler, or is counted where it is written and not in the helper that runs it. */
function leavesRequest({ graph }: Walk, edge: CallEdge): boolean {
  const written = writtenAt(graph, edge.to);
  if (written !== null && written.call !== edge.call) return true;
  return isRegistration(graph, edge) || (edge.kind === 'render' && !graph.function(edge.to).fact.async);
}

function isConditional(branches: CallEdge['call']['branches']): boolean {
  return branches.some(({ kind }) => kind !== 'finally');
}
