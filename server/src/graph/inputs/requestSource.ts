import type { Location } from '#shared/location.ts';
import type { DecoratorFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { FunctionNode, ProjectGraph } from '../projectGraph.ts';
import { answeredBy } from '../reach.ts';
import { middlewareBound } from './middlewareBound.ts';
import { type SchemaBound, schemaBound, UNCHECKED } from './schemaBound.ts';

/** A part of a request, and what a validation around the handler makes of it. */
export interface RequestPart {
  /** Under which it is sent: `limit`; null where that is not known. */
  readonly name: string | null;
  readonly part: 'query string' | 'body' | 'path' | 'input' | 'arguments' | 'form';
  readonly bound: SchemaBound;
}

const UNKNOWN: SchemaBound = { kind: 'unknown' };

/** What of a request a handler's parameter holds at `path`; null where it is none of a handler, or something else than what is sent. */
export function parameterSource(
  graph: ProjectGraph,
  node: FunctionNode,
  index: number,
  path: readonly string[],
): RequestPart | null {
  return (
    decorated(graph, node, index, path) ??
    procedureInput(graph, node, index, path) ??
    requestPart(graph, node, index, path) ??
    handed(graph, node, index, path)
  );
}

const DECORATORS: Readonly<Record<string, RequestPart['part']>> = {
  Query: 'query string',
  QueryParam: 'query string',
  QueryParams: 'query string',
  Body: 'body',
  Param: 'path',
  Args: 'arguments',
  Arg: 'arguments',
};

/** `@Query('limit', ParseIntPipe) limit`, `@Args() args`. */
function decorated(
  graph: ProjectGraph,
  node: FunctionNode,
  index: number,
  path: readonly string[],
): RequestPart | null {
  const decorators = node.fact.parameters[index]?.decorators ?? [];
  const decorator = decorators.find(({ name }) => Object.hasOwn(DECORATORS, lastName(name)));
  const part = DECORATORS[lastName(decorator?.name ?? '')];
  if (!decorator || !part) return null;
  const [key, ...pipes] = named(decorator);
  const { name } = node.fact.parameters[index] ?? {};
  return { name: path.at(-1) ?? key ?? name ?? null, part, bound: pipesBound(graph, node.file, pipes, path) };
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function named({ arguments: given }: DecoratorFact): readonly [string | null, ...Value[]] {
  const [first, ...others] = given;
  if (first?.kind === 'literal') return [`${first.value}`, ...others];
  return [null, ...given];
}

/** A pipe of the framework converts; any other may check, by a schema or by itself. */
function pipesBound(graph: ProjectGraph, file: string, pipes: readonly Value[], path: readonly string[]): SchemaBound {
  const facts = graph.files.get(file);
  for (const pipe of pipes) {
    const call = pipe.kind === 'call' ? facts?.calls[pipe.call] : undefined;
    const to = call?.callee ?? (pipe.kind === 'reference' ? pipe.to : null);
    if (!to || pipe.kind === 'object' || pipe.kind === 'function') continue;
    const name = to.path.at(-1) ?? (to.root.kind === 'import' ? facts?.imports[to.root.import]?.name : undefined) ?? '';
    if (/^(Parse\w*|DefaultValue|Validation)Pipe$/.test(name) || /^(Int|Float|Number|GraphQLInt)$/.test(name)) continue;
    return call?.arguments[0] ? schemaBound(graph, { file, value: call.arguments[0] }, path) : UNKNOWN;
  }
  return UNCHECKED;
}

/** `procedure.input(schema).query(({ input }) => …)`, also of action clients and oRPC. */
function procedureInput(
  graph: ProjectGraph,
  node: FunctionNode,
  index: number,
  [step, ...rest]: readonly string[],
): RequestPart | null {
  if (index !== 0 || !/^(input|parsedInput|rawInput)$/.test(step ?? '')) return null;
  const call = node.facts.calls[node.fact.argumentOf?.call ?? -1];
  if (
    !call ||
    !/^(query|mutation|subscription|handler|action|resolver|stateAction)$/.test(call.callee.path.at(-1) ?? '')
  )
    return null;
  return { name: rest[0] ?? null, part: 'input', bound: chainBound(graph, node.file, call.callee, rest, 0) };
}

/** The schema named along a builder's chain, which may begin in another file; the last one that knows the name counts. */
function chainBound(
  graph: ProjectGraph,
  file: string,
  { root }: Reference,
  path: readonly string[],
  depth: number,
): SchemaBound {
  if (depth > 16) return UNKNOWN;
  if (root.kind === 'import' || root.kind === 'variable') {
    const span = { start: 0, end: 0 };
    const known = graph.resolve(file, { kind: 'reference', to: { root, path: [] }, span });
    const inner = known.value.kind === 'call' ? known.value.call : null;
    return inner === null
      ? UNKNOWN
      : chainBound(graph, known.file, { root: { kind: 'call', call: inner }, path: [] }, path, depth + 1);
  }
  const call = root.kind === 'call' ? graph.files.get(file)?.calls[root.call] : undefined;
  if (!call) return UNKNOWN;
  const [schema] = call.arguments;
  const own =
    schema && /^(input|inputSchema|schema)$/.test(call.callee.path.at(-1) ?? '')
      ? schemaBound(graph, { file, value: schema }, path)
      : null;
  if (own && own.kind !== 'absent') return own;
  return chainBound(graph, file, call.callee, path, depth + 1);
}

const PARTS: Readonly<Record<string, RequestPart['part']>> = {
  query: 'query string',
  searchParams: 'query string',
  queryStringParameters: 'query string',
  body: 'body',
  params: 'path',
};
/** What a request or the context around it is called. */
const REQUEST = /^_?(req|request|ctx|context|c|event|args|props|opts|\{.*)$/i;

/** `req.query.limit`, `ctx.request.query.limit`, `{ searchParams }` of a handler or of a callback that a wrapper runs. */
function requestPart(
  graph: ProjectGraph,
  node: FunctionNode,
  index: number,
  path: readonly string[],
): RequestPart | null {
  const at = path.slice(0, 3).findIndex((step) => Object.hasOwn(PARTS, step));
  const part = PARTS[path[at] ?? ''];
  if (!part) return null;
  const { name } = node.fact.parameters[index] ?? {};
  const handles = answeredBy(graph, node.id) !== null;
  if (!handles && (name === null || name === undefined ? node.fact.argumentOf === null : !REQUEST.test(name)))
    return null;
  const between = path.slice(0, at);
  if (!between.every((step) => /^(req|request|nextUrl|ctx|context)$/.test(step))) return null;
  const key = path[at + 1] ?? null;
  return { name: key, part, bound: key === null ? UNCHECKED : middlewareBound(graph, node, path.slice(at)) };
}

/** Arguments of a server action, and those of a GraphQL resolver. */
function handed(graph: ProjectGraph, node: FunctionNode, index: number, path: readonly string[]): RequestPart | null {
  const entry = answeredBy(graph, node.id);
  const parameter = node.fact.parameters[index];
  if (!entry || !parameter) return null;
  if (entry.fact.kind === 'action') return { name: path.at(-1) ?? parameter.name, part: 'arguments', bound: UNCHECKED };
  const isArguments = index === 1 || /^_?args$/.test(parameter.name ?? '');
  if (entry.fact.kind === 'resolver' && entry.fact.framework === 'graphql' && isArguments && path.length > 0)
    return { name: path.at(-1) ?? null, part: 'arguments', bound: UNCHECKED };
  return null;
}

/** A place to point to, for what is read of a parameter. */
export function parameterPlace(node: FunctionNode, index: number): Location {
  return { file: node.file, span: node.fact.parameters[index]?.span ?? node.fact.nameSpan };
}
