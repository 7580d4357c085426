import { describeCallee, describeSite } from '#graph/describe.ts';
import { type Effects, effectsOfCall, together, UNKNOWN_EFFECTS } from '#graph/effects/effects.ts';
import { isTransactionClient } from '#graph/effects/transactionClients.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference } from '#syntax/values.ts';

/** An awaited call, by what waiting for it means. */
export interface Step {
  readonly call: CallFact;
  /** How a person names it: `Order.findMany`, `orders.latest`. */
  readonly name: string;
  /** `quick` takes no time worth saving, `acts` may do something that must stay where it is. */
  readonly kind: 'read' | 'write' | 'ask' | 'quick' | 'acts';
  readonly effects: Effects;
  /** The query it runs, or the first of several; null where it runs none. */
  readonly site: QuerySite | null;
  /** It throws when nothing is found, so what follows may count on it. */
  readonly checks: boolean;
}

/** What a call of a file means to whoever waits for it. */
export function stepOf(graph: ProjectGraph, facts: FileFacts, index: number): Step | null {
  const call = facts.calls[index];
  if (!call) return null;
  const site = graph.siteAt(facts.path, index);
  const name = site ? describeSite(site) : nameOf(graph, facts, call);
  if (!site && isGuardName(name)) return { call, name, kind: 'acts', effects: UNKNOWN_EFFECTS, site, checks: true };
  const effects = gatheredEffects(graph, facts, call) ?? handedEffects(graph, facts, call);
  const [first = null] = effects.reads.size > 0 ? effects.reads : effects.writes;
  const checks = CHECKING.test(site?.operation ?? name);
  return {
    call,
    name: first && isGathering(call.callee) ? `Promise.all([${describeSite(first)}, …])` : name,
    kind: kindOf(effects),
    effects,
    site: first,
    checks,
  };
}

function kindOf({ acts, reads, writes, asks, cached }: Effects): Step['kind'] {
  if (acts || [...reads, ...writes].some(({ schema }) => schema.provider === 'sqlite')) return 'acts';
  if (writes.size > 0) return cached ? 'acts' : 'write';
  return reads.size > 0 ? 'read' : asks ? 'ask' : 'quick';
}

/** `Promise.all([…])` of calls does what they do. */
function gatheredEffects(graph: ProjectGraph, facts: FileFacts, call: CallFact): Effects | null {
  const [list] = call.arguments;
  if (!isGathering(call.callee) || list === undefined) return null;
  if (list.kind !== 'array') return UNKNOWN_EFFECTS;
  return together(
    list.items.map(
      (item) => (item.kind === 'call' ? stepOf(graph, facts, item.call)?.effects : null) ?? UNKNOWN_EFFECTS,
    ),
  );
}

function isGathering({ root, path }: Reference): boolean {
  return root.kind === 'global' && root.name === 'Promise' && path.length === 1 && path[0] === 'all';
}

function handedEffects(graph: ProjectGraph, facts: FileFacts, call: CallFact): Effects {
  const inTransaction = call.arguments.some((value) => isTransactionClient(facts, value));
  return inTransaction ? UNKNOWN_EFFECTS : effectsOfCall(graph, facts, call);
}

/** A wrapped function goes by the name it is kept under: `getUser` of `const getUser = cache(…)`. */
function nameOf(graph: ProjectGraph, facts: FileFacts, call: CallFact): string {
  const { root, path } = call.callee;
  const [target] = root.kind === 'call' && path.length === 0 ? graph.targets(facts.path, call.index) : [];
  return target?.fact.name ?? (target?.fact.symbol || describeCallee(facts, call));
}

/** Names that say that nothing found is an error. */
const CHECKING = /Or(Throw|Fail|Die|404|NotFound)\w*$/;

/** Names of functions that are asked before going on, not for their value. */
const GUARD =
  /^(assert|require|ensure|check|verify|validate|authorize|authorise|authenticate|protect|guard|can|has|is|must|auth|login|rateLimit|limit|throttle|lock|acquire|consume|use|with|track|seed|wait|sleep|subscribe|watch|listen|connect)(?=[A-Z_]|$)/;

function isGuardName(name: string): boolean {
  return GUARD.test(name.split('.').at(-1) ?? name);
}
