import { describeCallee, describeSite } from '#graph/describe.ts';
import type { FunctionId, FunctionNode, ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';

/** An awaited call that only reads from the database. */
export interface Read {
  readonly call: CallFact;
  /** How a person names it: `Order.findMany`, `orders.latest`. */
  readonly name: string;
  /** The query it runs, or the first of several. */
  readonly site: QuerySite;
  /** It throws when nothing is found, so what follows may count on it. */
  readonly checks: boolean;
}

/** What a call reads; null where it writes, may do something else besides, or is not understood. */
export function readOf(graph: ProjectGraph, facts: FileFacts, index: number): Read | null {
  const call = facts.calls[index];
  if (!call) return null;
  const site = graph.siteAt(facts.path, index);
  if (site)
    return isRead(site) ? { call, name: describeSite(site), site, checks: CHECKING.test(site.operation) } : null;
  const name = describeCallee(facts, call);
  return readTogether(graph, facts, call) ?? readInside(graph, facts, call, name);
}

/** `Promise.all([…])` of queries. */
function readTogether(graph: ProjectGraph, facts: FileFacts, call: CallFact): Read | null {
  const [list] = call.arguments;
  if (!isPromiseAll(call.callee) || list?.kind !== 'array') return null;
  const reads = list.items.map((item) => (item.kind === 'call' ? readOf(graph, facts, item.call) : null));
  const known = reads.filter((read) => read !== null);
  const [first] = known;
  return first && known.length === reads.length
    ? { call, name: `Promise.all([${first.name}, …])`, site: first.site, checks: false }
    : null;
}

function isPromiseAll({ root, path }: Reference): boolean {
  return root.kind === 'global' && root.name === 'Promise' && path.length === 1 && path[0] === 'all';
}

/** A function of the project that reads and does nothing else. */
function readInside(graph: ProjectGraph, facts: FileFacts, call: CallFact, name: string): Read | null {
  if (GUARD.test(lastName(name)) || call.arguments.some((value) => isTransaction(facts, value))) return null;
  const targets = graph.targets(facts.path, call.index);
  const sites = targets.map(({ id }) => sitesRead(graph, id));
  const [site] = sites[0] ?? [];
  return site && sites.every((each) => each !== null && each.length > 0)
    ? { call, name, site, checks: CHECKING.test(name) }
    : null;
}

/** Names that say that nothing found is an error. */
const CHECKING = /Or(Throw|Fail|Die|404|NotFound)\w*$/;

/** Names of functions that are asked before going on, not for their value. */
const GUARD =
  /^(assert|require|ensure|check|verify|validate|authorize|authorise|authenticate|protect|guard|can|has|is|must|auth|login|rateLimit|limit|throttle|lock|acquire|consume|use|with|track|seed|wait|sleep|subscribe|watch|listen|connect)(?=[A-Z_]|$)/;

function lastName(name: string): string {
  return name.split('.').at(-1) ?? name;
}

function isRead(site: QuerySite): boolean {
  if (site.transaction !== null || site.schema.provider === 'sqlite' || isTransactionClient(site)) return false;
  return site.access === 'read';
}

/** A client that may be a transaction's, as the name or the type says under which it was handed in. */
function isTransactionClient({ client, facts }: QuerySite): boolean {
  return isHandedIn(facts, client) ? !isPlainClient(facts, client) : isTransactionReference(facts, client);
}

function isTransaction(facts: FileFacts, value: Value): boolean {
  if (value.kind === 'object')
    return value.properties.some((each) => each.kind === 'property' && isTransaction(facts, each.value));
  return value.kind === 'reference' && isTransactionReference(facts, value.to);
}

function isTransactionReference(facts: FileFacts, reference: Reference): boolean {
  return namesOf(facts, reference).some((name) => TRANSACTION.test(name));
}

const TRANSACTION = /^((get)?(tx|trx)(client)?|t|handle|conn|connection|.*transaction(client|manager)?)$/i;

function isHandedIn(facts: FileFacts, { root, path }: Reference): boolean {
  return root.kind === 'parameter' && path.length === 0 && facts.functions[root.function] !== undefined;
}

/** `prisma`, `db`, `client`, and not typed as that of a transaction. */
function isPlainClient(facts: FileFacts, reference: Reference): boolean {
  const names = namesOf(facts, reference);
  return (
    !names.some((name) => TRANSACTION.test(name)) && names.some((name) => /prisma|db|client|database|orm/i.test(name))
  );
}

/** What a client goes by: the steps to it, its parameter's name and type, or the call that gives it. */
function namesOf({ functions, calls }: FileFacts, { root, path }: Reference): readonly string[] {
  if (root.kind === 'call') return [...(calls[root.call]?.callee.path ?? []), ...path];
  const parameter = root.kind === 'parameter' ? functions[root.function]?.parameters[root.index] : undefined;
  const type = parameter?.typeName?.split('.').at(-1);
  return [...(parameter?.name ? [parameter.name] : []), ...(type ? [type] : []), ...path];
}

/** Calls inside calls that are looked into. */
const MAX_DEPTH = 12;

/** The queries a function runs, by itself or through others; null as soon as something else than reading is seen. */
function sitesRead(graph: ProjectGraph, id: FunctionId, depth = 0): readonly QuerySite[] | null {
  if (depth > MAX_DEPTH) return null;
  const node = graph.function(id);
  return graph.remember(node, `reads ${MAX_DEPTH - depth} calls deep`, () => collectReads(graph, node, depth));
}

function collectReads(graph: ProjectGraph, node: FunctionNode, depth: number): readonly QuerySite[] | null {
  if (
    graph
      .evidenceIn(node.id)
      .some(({ kind, sign }) => kind === 'write' || (kind === 'cache' && !PER_REQUEST.test(sign)))
  )
    return null;
  const sites: QuerySite[] = [];
  for (const call of node.facts.calls) {
    if (call.function !== node.fact.index) continue;
    const site = graph.siteAt(node.file, call.index);
    if (site && !isRead(site)) return null;
    if (site) sites.push(site);
    else if (hasEffect(graph, node, call)) return null;
  }
  for (const { to } of graph.callees(node.id)) {
    const inner = sitesRead(graph, to, depth + 1);
    if (inner === null) return null;
    sites.push(...inner);
  }
  return sites;
}

/** React's `cache` answers twice within one request only. */
const PER_REQUEST = /^(?:React\.|react)?cache$/i;

/** A call out of the project is taken for harmless when its name asks for something. */
function hasEffect(graph: ProjectGraph, { file, facts }: FunctionNode, call: CallFact): boolean {
  if (graph.targets(file, call.index).length > 0) return false;
  const name = lastName(describeCallee(facts, call));
  return call.awaited ? !ASKING.test(name) : EFFECT.test(name);
}

const ASKING =
  /^(get|find|load|read|list|count|fetch|json|text|all|allSettled|headers|cookies|params|parse|decode|hash|resolve)/;
const EFFECT =
  /^(send|emit|publish|notify|enqueue|dispatch|revalidate|redirect|notFound|increment|decrement|track|capture|mutate|trigger)(?=[A-Z_]|$)/;
