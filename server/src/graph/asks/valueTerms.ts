import { demandsIdentity, fetchesIdentity } from '#syntax/evidence/evidenceNames.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Property, Reference, Value } from '#syntax/values.ts';
import { describeCallee } from '../describe.ts';
import { effectsOf } from '../effects/effects.ts';
import { type FunctionId, type FunctionNode, functionId, type ProjectGraph } from '../projectGraph.ts';
import { ABSENT, partOf, RECEIVER, type Term } from './terms.ts';

/** Names followed one inside the other. */
const MAX_DEPTH = 12;

/** What a value of a function's body is made of; null where the text does not tell, or where it may change in between. */
export function termOf(graph: ProjectGraph, node: FunctionNode, value: Value): Term | null {
  return inFile(graph, { file: node.file, at: node.id }, value, 0);
}

/** What a call is made on: `this.orders` of `this.orders.list()`; null for a plain function. */
export function receiverTerm(
  graph: ProjectGraph,
  node: FunctionNode,
  { callee: { root, path } }: CallFact,
): Term | null {
  const own = root.kind === 'super' || (root.kind === 'this' && path.length === 1);
  if (own) return { kind: 'parameter', function: node.id, index: RECEIVER, path: [] };
  return path.length === 0
    ? null
    : referenceTerm(graph, { file: node.file, at: node.id }, { root, path: path.slice(0, -1) }, 0);
}

/** The file a value stands in, and the function whose `this` it may name; null once the way has led out of it. */
interface Place {
  readonly file: string;
  readonly at: FunctionId | null;
}

function inFile(graph: ProjectGraph, place: Place, value: Value, depth: number): Term | null {
  const { file } = place;
  if (depth > MAX_DEPTH || isRewritten(graph.files.get(file), value)) return null;
  const known = graph.resolve(file, value);
  const from = known.file === file ? place : { file: known.file, at: null };
  const inner = (each: Value) => inFile(graph, from, each, depth + 1);
  const at = known.value;
  switch (at.kind) {
    case 'literal':
      return { kind: 'text', text: typeof at.value === 'bigint' ? `${at.value}n` : JSON.stringify(at.value) };
    case 'undefined':
      return ABSENT;
    case 'object':
      return objectTerm(at.properties, inner);
    case 'array':
      return made('[]', at.items.map(inner));
    case 'template':
      return made(JSON.stringify(at.texts), at.values.map(inner));
    case 'binary':
      return made(at.operator, [inner(at.left), inner(at.right)]);
    case 'unary':
      return made(at.operator, [inner(at.operand)]);
    case 'choice':
      return made(at.operator, [inner(at.test), ...at.options.map(inner)]);
    case 'spread':
      return made('...', [inner(at.value)]);
    case 'call':
      return callTerm(graph, from, at.call, depth + 1);
    case 'reference':
      return referenceTerm(graph, from, at.to, depth + 1);
    default:
      return null;
  }
}

function made(by: string, parts: readonly (Term | null)[]): Term | null {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? { kind: 'made', by, parts: known } : null;
}

function objectTerm(properties: readonly Property[], inner: (value: Value) => Term | null): Term | null {
  const entries = new Map<string, Term>();
  for (const property of properties) {
    const term = property.kind === 'computed' ? null : inner(property.value);
    if (term === null) return null;
    if (property.kind === 'property') entries.set(property.key, term);
    else if (term.kind === 'object') for (const [key, value] of term.entries) entries.set(key, value);
    else entries.set(`...${entries.size}`, term);
  }
  return { kind: 'object', entries };
}

/** A variable that is assigned again, or whose parts are. */
function isRewritten(facts: FileFacts | undefined, value: Value): boolean {
  if (value.kind !== 'reference' || value.to.root.kind !== 'variable') return false;
  return (facts?.variables[value.to.root.variable]?.writes.length ?? 1) > 0;
}

function referenceTerm(graph: ProjectGraph, place: Place, { root, path }: Reference, depth: number): Term | null {
  const { file, at } = place;
  const facts = graph.files.get(file);
  // Which element of a list is meant is not known.
  if (!facts || path.includes('[]')) return null;
  switch (root.kind) {
    case 'parameter': {
      const fact = facts.functions[root.function]?.parameters[root.index];
      return fact && !fact.rest
        ? { kind: 'parameter', function: functionId(file, root.function), index: root.index, path }
        : null;
    }
    case 'call': {
      const term = callTerm(graph, place, root.call, depth);
      return term && partOf(term, path);
    }
    case 'import': {
      const fact = facts.imports[root.import];
      return fact ? partOf({ kind: 'text', text: `${fact.specifier}#${fact.name}` }, path) : null;
    }
    case 'this':
      return at && { kind: 'parameter', function: at, index: RECEIVER, path };
    case 'global':
      return partOf({ kind: 'text', text: root.name }, path);
    default:
      return null;
  }
}

function callTerm(graph: ProjectGraph, place: Place, index: number, depth: number): Term | null {
  const { file } = place;
  const facts = graph.files.get(file);
  const call = facts?.calls[index];
  if (!facts || !call || depth > MAX_DEPTH) return null;
  const by = steadyName(graph, facts, call);
  const parts = by === null ? null : made(by, argumentTerms(graph, place, call, depth));
  return parts ?? { kind: 'local', text: `${file}(${index})` };
}

/** What is called on, where that is a value, then what is handed over. */
function argumentTerms(graph: ProjectGraph, place: Place, call: CallFact, depth: number): readonly (Term | null)[] {
  const given = call.arguments.map((value) => inFile(graph, place, value, depth + 1));
  const { root, path } = call.callee;
  if (graph.siteAt(place.file, call.index) || !isPureMethod(call)) return given;
  return [referenceTerm(graph, place, { root, path: path.slice(0, -1) }, depth + 1), ...given];
}

/** A name for calls that give the same whenever they are handed the same within one request; null for others. */
function steadyName(graph: ProjectGraph, facts: FileFacts, call: CallFact): string | null {
  if (call.kind !== 'call') return null;
  const site = graph.siteAt(facts.path, call.index);
  if (site) return site.access === 'read' && site.model ? `${site.model.name}.${site.operation}` : null;
  const name = describeCallee(facts, call);
  const [target, ...others] = graph.targets(facts.path, call.index);
  if (isIdentity(name)) return target?.id ?? name;
  if (target) {
    const { reads, acts, writes } = effectsOf(graph, target.id);
    return others.length === 0 && reads.size > 0 && !acts && writes.size === 0 ? target.id : null;
  }
  return PURE.test(name) ? name : isPureMethod(call) ? `.${call.callee.path.at(-1)}` : null;
}

function isIdentity(name: string): boolean {
  return /^(headers|cookies)$/.test(name) || demandsIdentity(name) || fetchesIdentity(name);
}

const PURE = /^(Number|String|Boolean|BigInt|parseInt|parseFloat|Number\.parse(Int|Float)|(de|en)codeURI(Component)?)$/;

function isPureMethod({ callee: { path } }: CallFact): boolean {
  return /^(get|toLowerCase|toUpperCase|toString|trim|parse)$/.test(path.at(-1) ?? '');
}
