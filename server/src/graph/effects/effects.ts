import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { FunctionId, FunctionNode, ProjectGraph, QuerySite } from '../projectGraph.ts';
import { outsideCall } from './outsideCalls.ts';
import { isInTransaction } from './transactionClients.ts';

/** What running something does to the world and waits for, through all it calls. */
export interface Effects {
  readonly reads: ReadonlySet<QuerySite>;
  readonly writes: ReadonlySet<QuerySite>;
  /** It waits for another service, whose state it leaves as it is. */
  readonly asks: boolean;
  /** Some of it may be answered from a cache that outlives the request. */
  readonly cached: boolean;
  /** It does something besides, may do so, or runs in a transaction. */
  readonly acts: boolean;
}

const NONE: ReadonlySet<QuerySite> = new Set();

/** Nothing is done and nothing is waited for. */
const NO_EFFECTS: Effects = { reads: NONE, writes: NONE, asks: false, cached: false, acts: false };

/** Nothing is known, so that it may do anything. */
export const UNKNOWN_EFFECTS: Effects = { ...NO_EFFECTS, acts: true };

/** Functions behind one call that are looked into; what reaches more does many things. */
const MAX_FUNCTIONS = 300;

/** What one call does, be it a query, a function of the project or one of elsewhere. */
export function effectsOfCall(graph: ProjectGraph, facts: FileFacts, call: CallFact): Effects {
  const site = graph.siteAt(facts.path, call.index);
  if (site) return effectsOfSite(site);
  const targets = graph.targets(facts.path, call.index);
  if (targets.length > 0) return together(targets.map(({ id }) => effectsOf(graph, id)));
  return OUTSIDE[outsideCall(facts, call)];
}

const OUTSIDE = { asks: { ...NO_EFFECTS, asks: true }, harmless: NO_EFFECTS, acts: UNKNOWN_EFFECTS };

function effectsOfSite(site: QuerySite): Effects {
  if (isInTransaction(site)) return UNKNOWN_EFFECTS;
  if (site.access === 'read' || (site.access === 'raw' && isSelect(site)))
    return { ...NO_EFFECTS, reads: new Set([site]) };
  return site.access === 'write' ? { ...NO_EFFECTS, writes: new Set([site]) } : UNKNOWN_EFFECTS;
}

/** Raw SQL whose text is written down, begins like a query and names nothing that changes or locks. */
function isSelect({ operation, call }: QuerySite): boolean {
  const text = operation === '$queryRaw' ? textOf(call.arguments[0]) : '';
  return /^\s*(select|with)\b/i.test(text) && !CHANGING.test(text);
}

const CHANGING = /\b(insert|update|delete|merge|call|nextval|setval|set_config|pg_advisory\w*|for\s+share)\b/i;

function textOf(value: Value | undefined): string {
  if (value?.kind === 'template') return value.texts.join(' ? ');
  return value?.kind === 'literal' ? `${value.value}` : '';
}

/** What running a function does, by itself and through others. */
export function effectsOf(graph: ProjectGraph, id: FunctionId): Effects {
  const node = graph.function(id);
  return graph.remember(node, 'effects', () => gather(graph, node));
}

function gather(graph: ProjectGraph, start: FunctionNode): Effects {
  const seen = new Set<FunctionId>([start.id]);
  const parts: Effects[] = [];
  for (const id of seen) {
    const own = ownEffects(graph, graph.function(id));
    if (own.acts || seen.size > MAX_FUNCTIONS) return UNKNOWN_EFFECTS;
    if (own !== NO_EFFECTS) parts.push(own);
    for (const { to } of graph.callees(id)) seen.add(to);
  }
  return together(parts);
}

/** What stands in the function itself; calls of functions of the project are theirs. */
function ownEffects(graph: ProjectGraph, node: FunctionNode): Effects {
  return graph.remember(node, 'own effects', () => {
    const cached = graph.evidenceIn(node.id).some(({ kind, sign }) => kind === 'cache' && !PER_REQUEST.test(sign));
    const own = node.facts.calls.filter(
      (call) => call.function === node.fact.index && graph.targets(node.file, call.index).length === 0,
    );
    const parts = own.map((call) => effectsOfCall(graph, node.facts, call)).filter((part) => part !== NO_EFFECTS);
    return together(cached ? [...parts, { ...NO_EFFECTS, cached }] : parts);
  });
}

/** React's `cache` answers twice within one request only. */
const PER_REQUEST = /^(?:React\.|react)cache$/i;

/** All of it is done. */
export function together(parts: readonly Effects[]): Effects {
  const [only] = parts;
  if (only === undefined) return NO_EFFECTS;
  if (parts.length === 1) return only;
  return {
    reads: united(parts.map(({ reads }) => reads)),
    writes: united(parts.map(({ writes }) => writes)),
    asks: parts.some(({ asks }) => asks),
    cached: parts.some(({ cached }) => cached),
    acts: parts.some(({ acts }) => acts),
  };
}

function united(sets: readonly ReadonlySet<QuerySite>[]): ReadonlySet<QuerySite> {
  const filled = sets.filter(({ size }) => size > 0);
  return filled.length > 1 ? new Set(filled.flatMap((set) => [...set])) : (filled[0] ?? NONE);
}
