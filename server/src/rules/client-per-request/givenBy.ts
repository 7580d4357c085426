import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';
import { referenceName } from '#graph/referenceName.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';

/** What a client is made from, as far as it decides where it may be made. */
export interface Grounds {
  /** A binding that an edge runtime hands to each request, so that a client cannot outlive it. */
  readonly binding: boolean;
  /** Something the function is handed: a tenant, a connection string. */
  readonly parameter: boolean;
  /** Environment variables and constants by name. */
  readonly names: ReadonlySet<string>;
}

const MAX_DEPTH = 8;
/** Adapters over what Cloudflare hands to each request. */
const BOUND_PACKAGES =
  /^@prisma\/adapter-d1$|^@opennextjs\/cloudflare$|^@cloudflare\/next-on-pages$|^cloudflare:workers$/;
const BOUND_NAMES = /^(?:env|bindings?|platform|hyperdrive|d1|cloudflare)$/i;
const BOUND_TYPES = /^(?:D1Database|Hyperdrive|Env|Bindings|CloudflareEnv|CloudflareBindings|ExecutionContext)$/;

/** Looks through the arguments of the call that makes a client, and of the calls in them. */
export function groundsOf(graph: ProjectGraph, facts: FileFacts, made: CallFact): Grounds {
  const grounds = { binding: false, parameter: false, names: new Set<string>() };
  for (const value of made.arguments) look(graph, { file: facts.path, value }, grounds, 0);
  return grounds;
}

interface Finding {
  binding: boolean;
  parameter: boolean;
  readonly names: Set<string>;
}

function look(graph: ProjectGraph, given: ResolvedValue, found: Finding, depth: number): void {
  if (depth > MAX_DEPTH) return;
  const { file, value } = graph.resolve(given.file, given.value);
  const facts = graph.files.get(file);
  if (!facts) return;
  const inside = (inner: Value) => look(graph, { file, value: inner }, found, depth + 1);
  if (value.kind === 'reference') lookAt(facts, value.to, found, inside);
  if (value.kind === 'call') lookAt(facts, { root: { kind: 'call', call: value.call }, path: [] }, found, inside);
  for (const inner of childrenOf(value)) inside(inner);
}

function lookAt(facts: FileFacts, to: Reference, found: Finding, inside: (value: Value) => void): void {
  const { root, path } = to;
  found.names.add([referenceName(facts, { root, path: [] }), ...path].join('.'));
  if (path.some((step) => BOUND_NAMES.test(step))) found.binding ||= !isProcess(to);
  if (root.kind === 'import') found.binding ||= BOUND_PACKAGES.test(facts.imports[root.import]?.specifier ?? '');
  if (root.kind === 'parameter') {
    const fact = facts.functions[root.function]?.parameters[root.index];
    found.parameter = true;
    found.binding ||= BOUND_NAMES.test(fact?.name ?? '') || BOUND_TYPES.test(fact?.typeName?.split('.').at(-1) ?? '');
  }
  if (root.kind !== 'call') return;
  const call = facts.calls[root.call];
  if (!call) return;
  lookAt(facts, call.callee, found, inside);
  for (const value of call.arguments) inside(value);
}

function isProcess({ root, path }: Reference): boolean {
  return path[0] === 'env' && root.kind === 'global' && /^(?:process|Bun|import\.meta)$/.test(root.name);
}

function childrenOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'object':
      return value.properties.map((property) => property.value);
    case 'array':
      return value.items;
    case 'choice':
      return value.options;
    case 'template':
      return value.values;
    case 'binary':
      return [value.left, value.right];
    case 'spread':
      return [value.value];
    case 'unary':
      return [value.operand];
    default:
      return [];
  }
}
