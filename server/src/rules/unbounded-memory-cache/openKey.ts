import { type FunctionId, functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';

const MAX_DEPTH = 4;

/** What stands for one of many: rows, people, addresses. */
const OF_MANY =
  /(?:id|ids|uuid|email|mail|slug|url|uri|path|address|hash|token|query|search|host|hostname|domain|ip|phone|user|customer|tenant|project|team|org|organization|organisation|workspace|account|session|member|file|filename|image|post|order|product|code)$/i;
/** The name of a key says nothing of what is behind it: whoever hands it in does. */
const STANDS_FOR_ANY = /^(?:cache)?_?key$/i;
/** What there are few of, whatever it is told by. */
const OF_FEW =
  /model|base|endpoint|origin|flag|feature|locale|lang|version|type|kind|mode|level|role|status|plan|tier|provider|region|env|config|setting|template/i;

/** A key that may be anything: made of what the function is handed, and named like one of many. */
export function isOpenKey(graph: ProjectGraph, facts: FileFacts, key: Value, depth = 0): boolean {
  const inside = (value: Value) => depth < MAX_DEPTH && isOpenKey(graph, facts, value, depth + 1);
  switch (key.kind) {
    case 'reference':
      return isOpenReference({ graph, facts, depth }, key.to, inside);
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

interface Search {
  readonly graph: ProjectGraph;
  readonly facts: FileFacts;
  readonly depth: number;
}

function isOpenReference(search: Search, { root, path }: Reference, inside: (value: Value) => boolean): boolean {
  const { facts } = search;
  if (root.kind === 'parameter') return isOpenParameter(search, root, path);
  if (root.kind === 'call') return isOfMany(path.at(-1) ?? '') || argumentsOf(facts.calls[root.call]).some(inside);
  const variable = root.kind === 'variable' ? facts.variables[root.variable] : undefined;
  if (!variable || variable.function === 0) return false;
  if (path.length > 0) return isOfMany(path.at(-1) ?? '');
  const values = [variable.init, ...variable.writes.map(({ value }) => value)];
  return values.some((value) => value !== null && inside(value));
}

function argumentsOf(call: CallFact | undefined): readonly Value[] {
  return call?.arguments ?? [];
}

type Parameter = Extract<Reference['root'], { kind: 'parameter' }>;

function isOpenParameter(
  { graph, facts, depth }: Search,
  { function: owner, index }: Parameter,
  path: readonly string[],
): boolean {
  const fact = facts.functions[owner]?.parameters[index];
  const name = path.findLast((step) => step !== '[]') ?? fact?.name ?? '';
  if (!isOfMany(name))
    return (
      path.length === 0 &&
      STANDS_FOR_ANY.test(name) &&
      isHandedOpenKeys(graph, functionId(facts.path, owner), index, depth)
    );
  const type = fact?.typeName?.split('.').at(-1) ?? '';
  const isEnum = graph.schemas.some((schema) => schema.enums.has(type));
  return path.length > 0 || !(isEnum || isHandedLiterals(graph, functionId(facts.path, owner), index));
}

function isOfMany(name: string): boolean {
  return OF_MANY.test(name) && !OF_FEW.test(name);
}

function isHandedOpenKeys(graph: ProjectGraph, id: FunctionId, index: number, depth: number): boolean {
  if (depth >= MAX_DEPTH) return false;
  return graph.callsTo(id).some(({ file, call }) => {
    const [given, facts] = [call.arguments[index], graph.files.get(file)];
    return given !== undefined && facts !== undefined && isOpenKey(graph, facts, given, depth + 1);
  });
}

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
