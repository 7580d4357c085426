import { cacheSignOf } from '#syntax/evidence/evidenceNames.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { describeCallee } from '../describe.ts';
import { effectsOf } from '../effects/effects.ts';
import { outsideCall } from '../effects/outsideCalls.ts';
import { isInTransaction } from '../effects/transactionClients.ts';
import { isRegistration } from '../loops/repetition.ts';
import { isExecute } from '../operations.ts';
import type { CallEdge, FunctionId, FunctionNode, ProjectGraph, QuerySite } from '../projectGraph.ts';
import { ABSENT, inRun, RECEIVER, type Run, type Term } from './terms.ts';
import { receiverTerm, termOf } from './valueTerms.ts';

/** One thing a run of a function asks of the database, or does to it, in the order of the text. */
export type Ask = ReadAsk | WriteAsk;

/** A query, with what it asks for in terms of whoever runs the function. */
export interface ReadAsk {
  readonly kind: 'read';
  readonly site: QuerySite;
  /** What it asks with, in terms of the function at hand. */
  readonly arguments: Term;
  /** The call in the function at hand by which it comes about: the query itself, or one that leads to it. */
  readonly by: CallFact;
  /** The calls that lead on from there to the query, outermost first. */
  readonly steps: readonly CallEdge[];
  /** On some path through the functions it calls it does not run. */
  readonly conditional: boolean;
}

/** Something after which answers that were read before may be others. */
export interface WriteAsk {
  readonly kind: 'write';
  /** Models that may change; null where any may. */
  readonly models: ReadonlySet<string> | null;
  readonly by: CallFact;
}

/** Calls inside calls that are followed, and what one function may ask before it is given up. */
const MAX_DEPTH = 5;
const MAX_ASKS = 80;

/** What a run of a function asks, calls of functions of the project included; what loops repeat and caches keep is left out. */
export function asksOf(graph: ProjectGraph, id: FunctionId, depth = 0): readonly Ask[] {
  const node = graph.function(id);
  return graph.remember(node, `asks ${MAX_DEPTH - depth} calls deep`, () => collect(graph, node, depth));
}

function collect(graph: ProjectGraph, node: FunctionNode, depth: number): readonly Ask[] {
  const edges = Map.groupBy(graph.callees(node.id), ({ call }) => call.index);
  const own = node.facts.calls.filter((call) => call.function === node.fact.index);
  const asks: Ask[] = [];
  for (const call of own.toSorted((a, b) => a.span.end - b.span.end)) {
    const site = graph.siteAt(node.file, call.index);
    if (site) asks.push(...asksOfSite(graph, site, call));
    else asks.push(...asksBehind(graph, node, call, edges.get(call.index) ?? [], depth));
    if (asks.length > MAX_ASKS) return [{ kind: 'write', models: null, by: call }];
  }
  return asks;
}

function asksOfSite(graph: ProjectGraph, site: QuerySite, call: CallFact): readonly Ask[] {
  if (site.access === 'raw' && isExecute(site.operation)) return [{ kind: 'write', models: null, by: call }];
  if (site.access === 'write') return [{ kind: 'write', models: touchedBy(site), by: call }];
  if (site.access === 'raw' || call.loops.length > 0 || site.fluent.length > 0 || isInTransaction(site)) return [];
  const given = site.args ? termOf(graph, site.function, site.args) : ABSENT;
  if (given === null || (given.kind === 'object' && given.entries.has('cacheStrategy'))) return [];
  return [{ kind: 'read', site, arguments: given, by: call, steps: [], conditional: false }];
}

/** A write may go on to related rows, by what it says itself or by a cascade. */
function touchedBy({ model }: QuerySite): ReadonlySet<string> | null {
  if (!model) return null;
  const related = [...model.fields.values()].filter(({ kind }) => kind === 'relation');
  return new Set([model.name, ...related.map(({ type }) => type)]);
}

function asksBehind(
  graph: ProjectGraph,
  node: FunctionNode,
  call: CallFact,
  edges: readonly CallEdge[],
  depth: number,
): readonly Ask[] {
  const run = edges.filter((edge) => runsHere(graph, edge));
  if (run.length === 0)
    return isObscure(node, call) && edges.length === 0 ? [{ kind: 'write', models: null, by: call }] : [];
  if (depth >= MAX_DEPTH)
    return run.some((edge) => mayWrite(graph, edge)) ? [{ kind: 'write', models: null, by: call }] : [];
  const certain = run.length === 1;
  return run.flatMap((edge) => {
    const asks = asksOf(graph, edge.to, depth + 1);
    const hidden = !certain || edge.loop !== null || call.loops.length > 0 || isKept(graph, edge.to);
    const here = runOf(graph, node, edge);
    return asks.flatMap((ask): readonly Ask[] => {
      if (ask.kind === 'write') return [{ ...ask, by: call }];
      const given = hidden ? null : inRun(ask.arguments, here);
      return given
        ? [{ ...ask, arguments: given, by: call, steps: [edge, ...ask.steps], conditional: isConditional(ask) }]
        : [];
    });
  });
}

function mayWrite(graph: ProjectGraph, { to }: CallEdge): boolean {
  const { writes, acts } = effectsOf(graph, to);
  return acts || writes.size > 0;
}

function isConditional({ conditional, by }: ReadAsk): boolean {
  return conditional || by.branches.some(({ kind }) => kind !== 'finally');
}

/** The call runs the function then and there: no handler that is stored, no component that is drawn in the browser. */
function runsHere(graph: ProjectGraph, edge: CallEdge): boolean {
  const { fact, facts } = graph.function(edge.to);
  if (edge.kind === 'render') return fact.async;
  if (edge.kind === 'call') return true;
  return fact.argumentOf !== null && !isRegistration(graph, edge) && !LATER.test(describeCallee(facts, edge.call));
}

const LATER =
  /^(setTimeout|setInterval|setImmediate|queueMicrotask|after|waitUntil|defer|nextTick)$|\.(waitUntil|nextTick)$/;

function runOf(graph: ProjectGraph, node: FunctionNode, edge: CallEdge): Run {
  const known = new Map<number, Term | null>();
  return {
    function: edge.to,
    name: `${node.file}(${edge.call.index})`,
    given: (index) => {
      const earlier = known.get(index);
      if (earlier !== undefined) return earlier;
      const term = index === RECEIVER ? receiverOf(graph, node, edge) : handedOver(graph, node, edge, index);
      known.set(index, term);
      return term;
    },
  };
}

function handedOver(graph: ProjectGraph, node: FunctionNode, edge: CallEdge, index: number): Term | null {
  const value = edge.call.arguments[index];
  if (edge.kind === 'callback' || value?.kind === 'spread') return null;
  if (value && value.kind !== 'undefined') return termOf(graph, node, value);
  const target = graph.function(edge.to);
  const other = target.fact.parameters[index]?.default;
  return other ? termOf(graph, target, other) : ABSENT;
}

function receiverOf(graph: ProjectGraph, node: FunctionNode, edge: CallEdge): Term | null {
  return edge.kind === 'callback'
    ? { kind: 'parameter', function: node.id, index: RECEIVER, path: [] }
    : receiverTerm(graph, node, edge.call);
}

/** Its answers are kept, so that asking twice costs once: wrapped in `cache(…)`, or reading from a cache itself. */
function isKept(graph: ProjectGraph, id: FunctionId): boolean {
  const { fact, facts } = graph.function(id);
  if (graph.evidenceIn(id).some(({ kind }) => kind === 'cache')) return true;
  if (fact.returns.some((value) => outlives(facts, value))) return true;
  if (fact.decorators.some(({ name }) => KEEPING.test(name) || cacheSignOf(name) !== null)) return true;
  for (let at = fact; ; ) {
    const around = facts.calls[at.argumentOf?.call ?? -1];
    if (!around) return false;
    const name = describeCallee(facts, around);
    if (KEEPING.test(name) || cacheSignOf(name) !== null) return true;
    const outer = facts.functions[around.function];
    if (!outer || outer.index === 0 || outer === at) return false;
    at = outer;
  }
}

/** What is given back is kept outside the function: a field, or a variable of the module that is assigned later. */
function outlives({ variables }: FileFacts, value: Value): boolean {
  if (value.kind !== 'reference') return false;
  const { root, path } = value.to;
  if (root.kind === 'this') return path.length > 0;
  if (root.kind !== 'variable') return false;
  const variable = variables[root.variable];
  return variable?.function === 0 && variable.writes.length > 0;
}

const KEEPING = /memo|loader|dedupe|once$|cache/i;

/** Something that was handed in or made elsewhere is waited for, which may be code of the project that writes. */
function isObscure({ facts }: FunctionNode, call: CallFact): boolean {
  const { root } = call.callee;
  if (!call.awaited || root.kind === 'import' || root.kind === 'global')
    return WAITING.test(call.callee.path.at(-1) ?? '');
  return outsideCall(facts, call) === 'acts';
}

const WAITING = /^(sleep|delay|wait|poll|retry)/;
