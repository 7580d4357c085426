import type { CallFact, LoopFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { isBatchable, isBatched } from '../batching.ts';
import { isInside } from '../places.ts';
import type { CallEdge, EntryPoint, FunctionId, ProjectGraph, QuerySite, Table } from '../projectGraph.ts';
import { isHandler } from '../reach.ts';
import { type Bound, boundOf } from './loopBound.ts';

/** A query that runs once per element of something: the nearest such loop on one way from the outside to the query. */
export interface Repetition {
  readonly site: QuerySite;
  readonly by: Repeater;
  /** The call that stands in the loop's body: the query itself or the first step towards it. */
  readonly at: { readonly file: string; readonly call: CallFact; readonly function: FunctionId };
  /** Calls from the loop's body to the query, outermost first; empty when the query itself stands in the loop. */
  readonly steps: readonly CallEdge[];
  readonly bound: Bound;
  /** All iterations reach the query in one tick, so that Prisma may batch it. */
  readonly sameTick: boolean;
}

/** What repeats: a loop, a GraphQL server calling a field resolver per parent row, a function calling itself. */
export type Repeater =
  | { readonly kind: 'loop'; readonly file: string; readonly loop: LoopFact; readonly over: Value | null }
  | { readonly kind: 'field-resolver'; readonly entry: EntryPoint }
  | { readonly kind: 'recursion'; readonly edge: CallEdge };

/** Longest chain of calls followed upward from a query; longer ones were never right in what we read. */
const MAX_STEPS = 8;
/** Ways upward looked at per query, so that a helper called from everywhere stays cheap. */
const MAX_VISITS = 400;

/** Every way a query is repeated, nearest loop first on each way. */
export function repetitionsOf(graph: ProjectGraph, site: QuerySite): readonly Repetition[] {
  return graph.remember(site, 'repetitions', () => [...waysUp(graph, site, (each) => !isBatched(graph, each))]);
}

/** Whether some loop asks for a query several times in one tick, so that Prisma makes one statement of its turns. */
export function isAskedAtOnce(graph: ProjectGraph, site: QuerySite): boolean {
  if (!isBatchable(graph, site)) return false;
  const batched = (repetition: Repetition) => isBatched(graph, repetition);
  return waysUp(graph, site, batched).some(batched);
}

/** GraphQL fields by their handlers: a server calls them per parent row. */
const FIELD_RESOLVERS: Table<EntryPoint> = {
  name: 'field resolver',
  read: (graph) => {
    const fields = graph.entryPoints.filter(({ fact }) => fact.kind === 'resolver' && fact.method === null);
    return new Map(fields.map((entry) => [entry.handler.id, entry]));
  },
  same: (a, b) => a === b,
};

interface Way {
  readonly at: FunctionId;
  readonly steps: readonly CallEdge[];
  /** No call on the way is awaited behind another await, so far. */
  readonly sameTick: boolean;
}

/** Past the loops that are not `wanted` a way goes on. */
function* waysUp(
  graph: ProjectGraph,
  site: QuerySite,
  wanted: (repetition: Repetition) => boolean,
): Generator<Repetition, void> {
  const own = statementLoop(graph, site.file, site.call);
  const start = { file: site.file, call: site.call, function: site.function.id };
  if (own) {
    yield {
      site,
      by: own.by,
      at: start,
      steps: [],
      bound: own.bound,
      sameTick: !site.call.awaited && !site.call.afterAwait,
    };
    return;
  }
  const queue: Way[] = [{ at: site.function.id, steps: [], sameTick: !site.call.afterAwait }];
  const seen = new Set<FunctionId>([site.function.id]);
  for (let visits = 0; queue.length > 0 && visits < MAX_VISITS; visits++) {
    const way = queue.shift() as Way;
    const resolver = graph.lookUp(FIELD_RESOLVERS, way.at);
    if (resolver) {
      yield {
        site,
        by: { kind: 'field-resolver', entry: resolver },
        ...bodyOf(graph, way.steps, start),
        bound: UNBOUNDED,
        sameTick: way.sameTick,
      };
      continue;
    }
    for (const edge of graph.callers(way.at)) {
      if (isRegistration(graph, edge) || isDrawnOnly(graph, edge, way)) continue;
      const found = loopsOf(graph, edge, way, start).find((each) => wanted({ site, ...each }));
      if (found) {
        yield { site, ...found };
        continue;
      }
      if (seen.has(edge.from) || way.steps.length >= MAX_STEPS) continue;
      seen.add(edge.from);
      queue.push({ at: edge.from, steps: [edge, ...way.steps], sameTick: way.sameTick && !edge.call.afterAwait });
    }
  }
}

const UNBOUNDED: Bound = { kind: 'unbounded' };

type Found = Omit<Repetition, 'site'>;

/** The loops that an edge stands in, innermost first: one that Prisma makes a single query of may itself be repeated. */
function loopsOf(graph: ProjectGraph, edge: CallEdge, way: Way, start: Start): readonly Found[] {
  const { file } = graph.function(edge.from);
  const around = statementLoop(graph, file, edge.call);
  const body = bodyOf(graph, [edge, ...way.steps], start);
  const apart = edge.call.awaited || edge.call.afterAwait;
  return [
    perElement(graph, edge, way, body, file),
    around && { ...around, ...body, sameTick: way.sameTick && !apart },
    recursion(edge, way, start),
  ].filter((found) => found !== null);
}

type Body = Pick<Repetition, 'at' | 'steps'>;

/** The call runs what it is handed once per element. */
function perElement(graph: ProjectGraph, { loop }: CallEdge, way: Way, body: Body, file: string): Found | null {
  if (!loop) return null;
  const bound = boundOf(graph, loop, file);
  if (bound.kind === 'not-per-element') return null;
  return { by: { kind: 'loop', ...loop }, ...body, bound, sameTick: way.sameTick && loop.loop.concurrent };
}

type Start = Repetition['at'];

/** Where the body of the loop calls out: behind callbacks written in place, which are part of the body as a person reads it. */
function bodyOf(graph: ProjectGraph, steps: readonly CallEdge[], start: Start): Body {
  const outside = steps.findIndex((edge) => !isWrittenInPlace(graph, edge));
  const first = steps[outside];
  if (!first) return { at: start, steps: [] };
  return {
    at: { file: graph.function(first.from).file, call: first.call, function: first.from },
    steps: steps.slice(outside),
  };
}

function isWrittenInPlace(graph: ProjectGraph, edge: CallEdge): boolean {
  return edge.kind === 'callback' && graph.function(edge.to).fact.argumentOf !== null;
}

/** The innermost loop statement around a call that goes once per element of something. */
function statementLoop(graph: ProjectGraph, file: string, call: CallFact): { by: Repeater; bound: Bound } | null {
  const facts = graph.files.get(file);
  for (const index of call.loops.toReversed()) {
    const loop = facts?.loops[index];
    if (!loop || inHeader(loop, call) || loop.lastCalls.includes(call.index)) continue;
    const edge = { file, loop, over: loop.over };
    const bound = boundOf(graph, edge, file);
    if (bound.kind !== 'not-per-element') return { by: { kind: 'loop', ...edge }, bound };
  }
  return null;
}

/** `for (const x of await list())`: the call gives the elements and runs once. */
export function inHeader(loop: LoopFact, call: CallFact): boolean {
  return loop.kind !== 'while' && isInside(call.span, loop.header);
}

function recursion(edge: CallEdge, way: Way, start: Start): Found | null {
  if (edge.kind !== 'call' || edge.from !== edge.to || edge.to !== start.function) return null;
  if (way.at !== edge.to || edge.call.arguments.length === 0) return null;
  return {
    by: { kind: 'recursion', edge },
    at: { ...start, call: edge.call },
    steps: way.steps,
    bound: UNBOUNDED,
    sameTick: false,
  };
}

const REGISTERING =
  /^(on|once|off|use|all|addListener|addEventListener|subscribe|register|route|define|handle|command|listen|watch|schedule|setInterval)$/;

/** The callback is only stored here and runs later, on its own occasion: an event handler, a route, a JSX prop, a method of an options object. */
export function isRegistration(graph: ProjectGraph, edge: CallEdge): boolean {
  if (edge.kind !== 'callback') return false;
  if (edge.call.kind === 'render' || isHandler(graph, edge.to)) return true;
  if ((graph.function(edge.to).fact.argumentOf?.path.length ?? 0) > 0) return true;
  return REGISTERING.test(edge.call.callee.path.at(-1) ?? '');
}

/** A component that waits for nothing only makes handlers when it is drawn; what they call runs when somebody clicks. */
function isDrawnOnly(graph: ProjectGraph, edge: CallEdge, { steps }: Way): boolean {
  return edge.kind === 'render' && steps[0]?.kind !== 'render' && !graph.function(edge.to).fact.async;
}
