import { describeSite } from '#graph/describe.ts';
import { functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import { isHandler } from '#graph/reach.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import { isOpenKey } from './openKey.ts';
import type { Store } from './stores.ts';

/** A map used as a cache: looked into, and filled with what was fetched where nothing was found. */
export interface CacheUse {
  readonly get: CallFact;
  readonly set: CallFact;
  /** What is fetched, as words; null where it is only known to be waited for. */
  readonly fetches: string | null;
  /** It keeps until when an entry holds, without dropping it then. */
  readonly expires: boolean;
}

/** Null where entries are dropped, the keys are few, or it is no cache. */
export function cacheUseOf(graph: ProjectGraph, facts: FileFacts, { uses }: Store): CacheUse | null {
  if (uses.some((use) => !/^(?:get|has|set)$/.test(use.method) && isRun(graph, facts, use.call))) return null;
  const own = new Set(uses.map(({ call }) => call.index));
  for (const { method, call: set } of uses) {
    if (method !== 'set' || set.function === 0) continue;
    const get = uses.find(
      (use) => /^(?:get|has)$/.test(use.method) && isAround(facts, use.call.function, set.function),
    )?.call;
    const [key, value] = set.arguments;
    if (!get || !key || !value || !isOpenKey(graph, facts, key)) continue;
    const fetched = fetchedBy({ graph, facts, own }, value);
    if (fetched) return { get, set, fetches: fetched.name, expires: mentionsTime(value) };
  }
  return null;
}

/** Not so `resetForTests`, which empties it where nothing is at stake, nor what nobody calls. */
function isRun(graph: ProjectGraph, { functions, path }: FileFacts, { function: at }: CallFact): boolean {
  const fact = functions[at];
  if (!fact || at === 0 || /test/i.test(fact.symbol)) return at === 0;
  const isStored = fact.name === null || fact.argumentOf !== null || fact.decorators.length > 0;
  return isStored || graph.callers(functionId(path, at)).length > 0 || isHandler(graph, functionId(path, at));
}

/** Whether one function is the other, or stands around it. */
function isAround({ functions }: FileFacts, outer: number, inner: number): boolean {
  for (let at: number | null = inner; at !== null && at !== 0; at = functions[at]?.parent ?? null)
    if (at === outer) return true;
  return false;
}

const MAX_DEPTH = 4;

interface Fetched {
  /** Of a query. */
  readonly name: string | null;
}

interface Search {
  readonly graph: ProjectGraph;
  readonly facts: FileFacts;
  /** Calls on the map itself. */
  readonly own: ReadonlySet<number>;
}

/** The query or request whose answer is kept; null where the value is only computed. */
function fetchedBy(search: Search, value: Value, depth = 0): Fetched | null {
  if (depth > MAX_DEPTH) return null;
  const inside: Inside = (inner) => fetchedBy(search, inner, depth + 1);
  switch (value.kind) {
    case 'call':
      return fetchedAt(search, value.call, inside);
    case 'reference':
      return fetchedReference(search.facts, value.to, inside);
    case 'object':
      return first(
        value.properties.map((property) => property.value),
        inside,
      );
    case 'choice':
      return first(value.options, inside);
    case 'array':
      return first(value.items, inside);
    default:
      return null;
  }
}

type Inside = (value: Value) => Fetched | null;

function fetchedReference(facts: FileFacts, { root }: Reference, inside: Inside): Fetched | null {
  if (root.kind === 'call') return inside({ kind: 'call', call: root.call, span: NOWHERE });
  const variable = root.kind === 'variable' ? facts.variables[root.variable] : undefined;
  if (!variable || variable.function === 0) return null;
  return first([...(variable.init ? [variable.init] : []), ...variable.writes.map(({ value }) => value)], inside);
}

const NOWHERE = { start: 0, end: 0 };

/** A query, something waited for; else what it is computed from. What a table gives by a key is one of a few. */
function fetchedAt({ graph, facts, own }: Search, index: number, inside: Inside): Fetched | null {
  const call = facts.calls[index];
  if (!call || own.has(index)) return null;
  if (call.kind === 'new') return first(call.arguments, inside);
  const site = graph.siteAt(facts.path, index);
  if (site) return { name: `\`${describeSite(site)}\`` };
  if (call.awaited) return call.callee.path.includes('?') ? null : { name: null };
  const { root } = call.callee;
  const receiver = root.kind === 'call' ? inside({ kind: 'call', call: root.call, span: NOWHERE }) : null;
  return receiver ?? first(call.arguments, inside);
}

function first<Found>(values: readonly Value[], find: (value: Value) => Found | null): Found | null {
  for (const value of values) {
    const found = find(value);
    if (found) return found;
  }
  return null;
}

function mentionsTime(value: Value): boolean {
  return (
    value.kind === 'object' &&
    value.properties.some(
      (property) => property.kind === 'property' && /expire|ttl|time|until|At$|^at$|stamp|age/i.test(property.key),
    )
  );
}
