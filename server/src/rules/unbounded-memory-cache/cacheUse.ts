import { describeSite } from '#graph/describe.ts';
import { type FunctionId, functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
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
  if (uses.some(({ method }) => !/^(?:get|has|set)$/.test(method))) return null;
  const own = new Set(uses.map(({ call }) => call.index));
  for (const { method, call: set } of uses) {
    if (method !== 'set' || set.function === 0) continue;
    const get = uses.find((use) => use.method !== 'set' && isAround(facts, use.call.function, set.function))?.call;
    const [key, value] = set.arguments;
    if (!get || !key || !value || !isOpen(graph, facts, key)) continue;
    const fetched = fetchedBy({ graph, facts, own }, value);
    if (fetched) return { get, set, fetches: fetched.name, expires: mentionsTime(value) };
  }
  return null;
}

/** Whether one function is the other, or stands around it. */
function isAround({ functions }: FileFacts, outer: number, inner: number): boolean {
  for (let at: number | null = inner; at !== null && at !== 0; at = functions[at]?.parent ?? null)
    if (at === outer) return true;
  return false;
}

const MAX_DEPTH = 4;

/** A key that may be anything: made of what the function is handed, and not one of a few values by its type. */
function isOpen(graph: ProjectGraph, facts: FileFacts, key: Value, depth = 0): boolean {
  const inside = (value: Value) => depth < MAX_DEPTH && isOpen(graph, facts, value, depth + 1);
  switch (key.kind) {
    case 'reference':
      return isOpenReference(graph, facts, key.to, inside);
    case 'template':
      return key.values.some(inside);
    case 'binary':
      return inside(key.left) || inside(key.right);
    case 'choice':
      return key.options.some(inside);
    case 'call':
      return facts.calls[key.call]?.arguments.some(inside) ?? false;
    case 'object':
      return key.properties.some((property) => inside(property.value));
    case 'array':
      return key.items.some(inside);
    default:
      return false;
  }
}

function isOpenReference(
  graph: ProjectGraph,
  facts: FileFacts,
  { root, path }: Reference,
  inside: (value: Value) => boolean,
): boolean {
  if (root.kind === 'parameter') {
    const owner = functionId(facts.path, root.function);
    return path.length > 0 || !(isClosedType(graph, facts, root) || isHandedLiterals(graph, owner, root.index));
  }
  if (root.kind === 'call') return facts.calls[root.call]?.arguments.some(inside) ?? false;
  const variable = root.kind === 'variable' ? facts.variables[root.variable] : undefined;
  return (
    variable?.function !== 0 &&
    [variable?.init, ...(variable?.writes ?? []).map(({ value }) => value)].some((value) =>
      value ? inside(value) : false,
    )
  );
}

type Parameter = Extract<Reference['root'], { kind: 'parameter' }>;

/** An enum of the schema, a boolean, a name that is one of the kinds there are. */
function isClosedType(graph: ProjectGraph, facts: FileFacts, { function: owner, index }: Parameter): boolean {
  const type = facts.functions[owner]?.parameters[index]?.typeName?.split('.').at(-1);
  if (type === undefined) return false;
  return type === 'boolean' || CLOSED.test(type) || graph.schemas.some((schema) => schema.enums.has(type));
}

const CLOSED =
  /(?:Kind|Type|Mode|Level|Locale|Language|Lang|Role|Status|Provider|Region|Env|Environment|Version|Plan|Tier|Feature|Name)$/;

/** All callers write down what they ask for. */
function isHandedLiterals(graph: ProjectGraph, id: FunctionId, index: number): boolean {
  const calls = graph.callsTo(id);
  return (
    calls.length > 0 &&
    calls.every(({ file, call }) => {
      const given = call.arguments[index];
      return given !== undefined && graph.resolve(file, given).value.kind === 'literal';
    })
  );
}

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
  if (!call || call.kind === 'new' || own.has(index)) return null;
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
