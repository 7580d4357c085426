import type { Span } from '#shared/location.ts';
import type { FileFacts, LoopFact } from '#syntax/facts.ts';
import type { TurnFact } from '#syntax/turnFact.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { LoopCall } from '../loops/loopCalls.ts';
import { isExecute } from '../operations.ts';
import { isInside } from '../places.ts';
import type { FunctionId, ProjectGraph, QuerySite } from '../projectGraph.ts';
import { functionId } from '../projectGraph.ts';
import { carried, type Piece } from './draft.ts';

/** A query that stands by itself in the body of a loop over a list with a name, so that it can be taken out of there. */
export interface Turn {
  readonly site: QuerySite;
  readonly fact: TurnFact;
  readonly loop: LoopFact;
  /** The list, as a value of the site's file. */
  readonly over: Extract<Value, { kind: 'reference' }>;
}

/** Null where the loop leaves early, its list changes on the way or has no name, or something around it repeats it. */
export function turnOf(graph: ProjectGraph, { first, sites }: LoopCall): Turn | null {
  const { by, site, steps, bound } = first;
  if (by.kind !== 'loop' || by.file !== site.file || steps.length > 0 || sites.length !== 1) return null;
  if (bound.kind !== 'unbounded' && bound.kind !== 'few') return null;
  const { loop } = by;
  const fact = site.facts.turns.find(({ call }) => call === site.call.index);
  if (!fact || fact.loop !== loop.index || !fact.plainOver || by.over?.kind !== 'reference') return null;
  if (!PER_ELEMENT.has(loop.shape.kind) || (loop.kind !== 'for-of' && !isMapping(site, loop))) return null;
  if (site.fluent.length > 0 || site.args?.kind !== 'object' || !site.model) return null;
  const turn = { site, fact, loop, over: by.over };
  return changesList(turn) || isRepeated(graph, site, loop) ? null : turn;
}

/** Shapes of loops that come to every element. */
const PER_ELEMENT: ReadonlySet<string> = new Set(['each', 'counted', 'literal']);

function isMapping({ facts }: QuerySite, loop: LoopFact): boolean {
  const call = loop.call === null ? undefined : facts.calls[loop.call];
  return loop.kind === 'callback' && call?.callee.path.at(-1) === 'map';
}

/** The loop's list as an array: a `Set` is spread into one. */
export function listText({ site, over }: Turn): readonly Piece[] {
  const list = carried(site.file, over.span);
  return isNoArray(site.facts, over.to) ? ['[...', list, ']'] : [list];
}

/** A `Set` or the like, as far as its making or its written type tells. */
function isNoArray({ calls, variables, functions }: FileFacts, { root, path }: Reference): boolean {
  if (path.length > 0) return false;
  if (root.kind === 'call') return calls[root.call]?.kind === 'new';
  const variable = root.kind === 'variable' ? variables[root.variable] : undefined;
  if (variable?.init?.kind === 'call') return calls[variable.init.call]?.kind === 'new';
  const parameter = root.kind === 'parameter' ? functions[root.function]?.parameters[root.index] : undefined;
  return /^(Readonly)?(Set|Map)$|Iterable$|Iterator$/.test((variable ?? parameter)?.typeName ?? '');
}

/** The steps from the list's element to what a value reads of it; null where it reads something else. */
export function elementPath({ over }: Turn, value: Value): readonly string[] | null {
  if (value.kind !== 'reference' || !isSame(value.to.root, over.to.root)) return null;
  const start = [...over.to.path, '[]'];
  if (!start.every((step, index) => value.to.path[index] === step)) return null;
  const rest = value.to.path.slice(start.length);
  return rest.includes('[]') || rest.includes('?') ? null : rest;
}

/** Something the loop runs may change what the query reads. */
export function isWrittenInLoop(graph: ProjectGraph, { site, loop }: Turn): boolean {
  const inside = (span: Span) => isInside(span, loop.span);
  const { functions, path } = site.facts;
  const own = functions.filter(({ index, span }) => index === loop.function || inside(span));
  const ids = own.map(({ index }) => functionId(path, index));
  const called = ids.flatMap((id) => graph.callees(id).filter(({ call }) => inside(call.span)));
  const sites = ids.flatMap((id) => graph.sitesIn(id)).filter(({ call }) => inside(call.span));
  const seen = new Set(ids);
  for (const { to } of called) sites.push(...sitesBelow(graph, to, seen, 0));
  return sites.some((each) => changes(each, site));
}

function sitesBelow(graph: ProjectGraph, id: FunctionId, seen: Set<FunctionId>, depth: number): readonly QuerySite[] {
  if (seen.has(id) || depth > MAX_DEPTH) return [];
  seen.add(id);
  const below = graph.callees(id).flatMap(({ to }) => sitesBelow(graph, to, seen, depth + 1));
  return [...graph.sitesIn(id), ...below];
}

function changes(other: QuerySite, site: QuerySite): boolean {
  if (other.access === 'read' || (other.access === 'raw' && !isExecute(other.operation))) return false;
  return other.model === null || other.model === site.model || touches(other, site);
}

/** A nested write reaches the other model through a relation. */
function touches({ args, model }: QuerySite, { model: read }: QuerySite): boolean {
  if (args?.kind !== 'object') return true;
  const data = args.properties.flatMap((each) => (each.kind === 'property' ? [each.value] : []));
  return data.some(
    (value) =>
      value.kind === 'object' &&
      value.properties.some(
        (each) => each.kind === 'property' && read !== null && model?.fields.get(each.key)?.type === read.name,
      ),
  );
}

function isSame(a: Reference['root'], b: Reference['root']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const CHANGING = /^(push|pop|shift|unshift|splice)$/;

/** The list grows or shrinks while the loop goes over it: a queue. */
function changesList({ site: { facts }, loop, over }: Turn): boolean {
  return facts.calls.some(
    ({ callee, span }) =>
      span.start >= loop.span.start &&
      span.end <= loop.span.end &&
      CHANGING.test(callee.path.at(-1) ?? '') &&
      isSame(callee.root, over.to.root) &&
      callee.path.slice(0, -1).join() === over.to.path.join(),
  );
}

/** Calls upward that are looked at. */
const MAX_DEPTH = 6;

/** The loop runs inside another one, here or in a caller: then one query before it is still one per element of that. */
function isRepeated(graph: ProjectGraph, { file, facts }: QuerySite, loop: LoopFact): boolean {
  if (loop.loops.length > 0 || isInCallbackLoop(facts, loop.function)) return true;
  const id = functionId(file, loop.function);
  const known = graph.sitesIn(id).some(({ call }) => call.loops.length === 0);
  return !known && isCalledRepeatedly(graph, id, new Set(), 0);
}

/** The function is a callback, or stands in one, that runs per element. */
function isInCallbackLoop(facts: FileFacts, index: number): boolean {
  for (let at = facts.functions[index]; at; at = at.parent === null ? undefined : facts.functions[at.parent]) {
    const { index: body, argumentOf } = at;
    if (facts.loops.some((loop) => loop.body === body)) return true;
    if (argumentOf && (facts.calls[argumentOf.call]?.loops.length ?? 0) > 0) return true;
  }
  return false;
}

function isCalledRepeatedly(graph: ProjectGraph, id: FunctionId, seen: Set<FunctionId>, depth: number): boolean {
  if (seen.has(id) || depth > MAX_DEPTH) return false;
  seen.add(id);
  return graph
    .callers(id)
    .some(
      (edge) =>
        edge.loop !== null || edge.call.loops.length > 0 || isCalledRepeatedly(graph, edge.from, seen, depth + 1),
    );
}
