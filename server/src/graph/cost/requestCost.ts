import type { CallFact } from '#syntax/facts.ts';
import { reachesQuery } from '../asks/reaching.ts';
import { isBatchable } from '../batching.ts';
import { inHeader } from '../loops/repetition.ts';
import type { CallEdge, EntryPoint, FunctionId, FunctionNode, ProjectGraph, QuerySite } from '../projectGraph.ts';
import { leavesRequest } from '../requestQueries.ts';
import { all, type Cost, isFree, most } from './cost.ts';
import { costLoop } from './costLoop.ts';
import { dearestWay, type Frame, type Step } from './flow.ts';
import { middlewareOf } from './middleware.ts';

/** What one request to an entry point asks of the database at most: what stands before its handler, then the handler. */
export function requestCost(graph: ProjectGraph, entry: EntryPoint): Cost {
  return graph.remember(entry, 'cost', () => {
    const walk: Walk = { graph, visits: 0 };
    const before = middlewareOf(graph, entry).map(({ id }) => certain(costOf(walk, id, START)));
    return all([...before, costOf(walk, entry.handler.id, START)]);
  });
}

/** A request that comes to the handler took the way through what stands before it. */
function certain(cost: Cost): Cost {
  switch (cost.kind) {
    case 'maybe':
      return certain(cost.of);
    case 'all':
      return all(cost.of.map(certain));
    case 'call':
    case 'times':
      return { ...cost, of: certain(cost.of) };
    default:
      return cost;
  }
}

/** Ways followed per entry point, so that a large application stays cheap. */
const MAX_VISITS = 2000;
const MAX_DEPTH = 12;

interface Walk {
  readonly graph: ProjectGraph;
  visits: number;
}

/** How a function is reached. */
interface Way {
  readonly path: readonly FunctionId[];
  /** Loops around it, outermost first: whether all their turns come here in one tick. */
  readonly ticks: readonly boolean[];
}

const START: Way = { path: [], ticks: [] };

function costOf(walk: Walk, id: FunctionId, way: Way): Cost {
  const { graph } = walk;
  walk.visits += 1;
  const node = graph.function(id);
  const steps = [...sitesOf(walk, id, way), ...callsOf(walk, id, way)];
  const inOrder = steps.sort((a, b) => a.start - b.start).map(({ step }) => step);
  const cost = dearestWay(inOrder);
  return !isFree(cost) && readsCache(graph, node) ? { kind: 'cached', of: cost } : cost;
}

interface PlacedStep {
  readonly start: number;
  readonly step: Step;
}

function sitesOf({ graph }: Walk, id: FunctionId, { ticks }: Way): PlacedStep[] {
  return graph.sitesIn(id).flatMap((site) => {
    const placed = around(graph, graph.function(id), site.call, ticks);
    if (!placed) return [];
    const cost: Cost = { kind: 'query', site, joined: joinedOver(graph, site, placed.ticks) };
    return [{ start: site.call.span.end, step: { cost, around: placed.frames } }];
  });
}

/** The innermost loops whose turns Prisma makes one statement of. */
function joinedOver(graph: ProjectGraph, site: QuerySite, ticks: readonly boolean[]): number {
  if (!isBatchable(graph, site)) return 0;
  const apart = ticks.lastIndexOf(false);
  return ticks.length - 1 - apart;
}

/** Of functions a call may run it runs one; the callbacks it is handed are run besides. */
function callsOf(walk: Walk, id: FunctionId, way: Way): PlacedStep[] {
  const { graph } = walk;
  const edges = graph.callees(id).filter((edge) => reachesQuery(graph, edge.to) && !leavesRequest(graph, edge));
  return [...Map.groupBy(edges, ({ call }) => call).entries()].flatMap(([call, ofCall]) => {
    const placed = around(graph, graph.function(id), call, way.ticks);
    if (!placed) return [];
    const here = { path: [...way.path, id], ticks: placed.ticks };
    const [handed, called] = [ofCall.filter(isHanded), ofCall.filter((edge) => !isHanded(edge))];
    const behind = (edge: CallEdge) => costBehind(walk, edge, here);
    const cost = all([most(called.map(behind)), ...handed.map(behind)]);
    return isFree(cost) ? [] : [{ start: call.span.end, step: { cost, around: placed.frames } }];
  });
}

function isHanded({ kind }: CallEdge): boolean {
  return kind === 'callback';
}

function costBehind(walk: Walk, edge: CallEdge, { path, ticks }: Way): Cost {
  const { graph } = walk;
  if (path.includes(edge.to) || path.length > MAX_DEPTH || walk.visits > MAX_VISITS)
    return { kind: 'uncountable', edge };
  const loop = edge.loop && costLoop(graph, edge.loop, graph.function(edge.from).file);
  const concurrent = edge.loop?.loop.concurrent ?? true;
  const inLoop = loop ? [...ticks.map((tick) => tick && concurrent), concurrent] : ticks;
  const of = costOf(walk, edge.to, { path, ticks: inLoop });
  if (isFree(of)) return of;
  const behind: Cost = { kind: 'call', edge, of };
  return loop ? { kind: 'times', loop, of: behind } : behind;
}

interface Placed {
  readonly frames: readonly Frame[];
  readonly ticks: readonly boolean[];
}

/** What stands around a call in its function; null where it runs only after something failed. */
function around(
  graph: ProjectGraph,
  { file, facts }: FunctionNode,
  call: CallFact,
  ticks: readonly boolean[],
): Placed | null {
  const branches = call.branches.filter(({ kind }) => kind !== 'finally');
  if (branches.some(({ kind }) => kind === 'catch')) return null;
  const loops = call.loops.flatMap((index): Frame[] => {
    const loop = facts.loops[index];
    if (!loop || inHeader(loop, call) || loop.lastCalls.includes(call.index)) return [];
    const counted = costLoop(graph, { file, loop, over: loop.over }, file);
    return counted ? [{ kind: 'loop', start: loop.span.start, loop: counted }] : [];
  });
  const frames = [...loops, ...branches.map((branch): Frame => ({ kind: 'branch', start: branch.of, branch }))];
  const apart = call.awaited || call.afterAwait;
  return {
    frames: frames.sort((a, b) => a.start - b.start),
    ticks: [
      ...ticks.map((tick) => tick && !call.afterAwait && (loops.length === 0 || !apart)),
      ...loops.map(() => !apart),
    ],
  };
}

/** Its text asks a cache first. */
function readsCache(graph: ProjectGraph, { id }: FunctionNode): boolean {
  return graph.evidenceIn(id).some(({ kind }) => kind === 'cache');
}
