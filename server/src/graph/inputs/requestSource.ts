import type { Location } from '#shared/location.ts';
import type { CallFact, DecoratorFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { FunctionNode, ProjectGraph, ResolvedValue } from '../projectGraph.ts';
import { answeredBy } from '../reach.ts';
import { type SchemaBound, schemaBound } from './schemaBound.ts';

/** A part of a request, and what a validation around the handler makes of it. */
export interface RequestPart {
  /** Under which it is sent: `limit`; null where that is not known. */
  readonly name: string | null;
  readonly part: 'query string' | 'body' | 'path' | 'input' | 'arguments' | 'form';
  readonly bound: SchemaBound;
}

const UNKNOWN: SchemaBound = { kind: 'unknown' };
/** What nothing looked at before it is used. */
export const UNCHECKED: SchemaBound = { kind: 'open', declared: null };

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
    return call?.arguments[0] ? schemaBound(graph, { file, value: call.arguments[0] }, path) : { kind: 'unknown' };
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
  if (depth > 16) return { kind: 'unknown' };
  if (root.kind === 'import' || root.kind === 'variable') {
    const span = { start: 0, end: 0 };
    const known = graph.resolve(file, { kind: 'reference', to: { root, path: [] }, span });
    const inner = known.value.kind === 'call' ? known.value.call : null;
    return inner === null
      ? { kind: 'unknown' }
      : chainBound(graph, known.file, { root: { kind: 'call', call: inner }, path: [] }, path, depth + 1);
  }
  const call = root.kind === 'call' ? graph.files.get(file)?.calls[root.call] : undefined;
  if (!call) return { kind: 'unknown' };
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
  return { name: key, part, bound: key === null ? UNCHECKED : aroundBound(graph, node, path.slice(at)) };
}

/** What middleware handed to the same registration says: `router.get('/', validate(schema), handler)`. */
function aroundBound(graph: ProjectGraph, node: FunctionNode, path: readonly string[]): SchemaBound {
  const registration = node.facts.calls[node.fact.argumentOf?.call ?? -1] ?? registrationOf(node);
  const wrappers = answeredBy(graph, node.id)?.fact.wrappers ?? [];
  let bound: SchemaBound = UNCHECKED;
  for (const value of [...(registration?.arguments ?? []), ...madeBy(node, registration)]) {
    const own = middlewareBound(graph, node.file, value, path);
    if (own && own.kind !== 'open') return own;
    bound = own ?? bound;
  }
  const doubtful = !registration && wrappers.some((name) => CHECKING.test(name));
  return doubtful ? { kind: 'unknown' } : bound;
}

/** `createHandler({ validations })(async ({ body }) => …)`: what the wrapper was made with. */
function madeBy({ facts }: FunctionNode, registration: CallFact | undefined): readonly Value[] {
  const root = registration?.callee.root;
  return root?.kind === 'call' ? (facts.calls[root.call]?.arguments ?? []) : [];
}

const CHECKING = /valid|schema|celebrate|check\(|zod|joi|parse/i;

/** The call that names the handler, when it is declared elsewhere in the file. */
function registrationOf(node: FunctionNode): CallFact | undefined {
  return node.facts.calls.find(({ arguments: given }) =>
    given.some(
      (value) =>
        value.kind === 'reference' &&
        value.to.root.kind === 'function' &&
        value.to.path.length === 0 &&
        value.to.root.function === node.fact.index,
    ),
  );
}

function middlewareBound(graph: ProjectGraph, file: string, value: Value, path: readonly string[]): SchemaBound | null {
  const known = graph.resolve(file, value);
  if (known.value.kind === 'object') return optionsBound(graph, known.file, known.value, path);
  const direct = either(graph, known, path);
  if (direct) return direct;
  const call = known.value.kind === 'call' ? graph.files.get(known.file)?.calls[known.value.call] : undefined;
  const name = call ? calledAs(graph, known.file, call) : referredAs(graph, file, value);
  if (!CHECKING.test(name)) return null;
  const bounds = (call?.arguments ?? []).map((argument) => either(graph, { file: known.file, value: argument }, path));
  return bounds.find((bound) => bound?.kind === 'capped') ?? bounds.find((bound) => bound !== null) ?? UNKNOWN;
}

/** A schema of a part of the request, or of the request with its parts. */
function either(graph: ProjectGraph, schema: ResolvedValue, path: readonly string[]): SchemaBound | null {
  const bounds = [schemaBound(graph, schema, path.slice(1)), schemaBound(graph, schema, path)];
  return bounds.find(({ kind }) => kind === 'capped') ?? bounds.find(({ kind }) => kind === 'open') ?? null;
}

/** `{ schema: { querystring: … } }` of Fastify, `query` and `body` of Elysia, `{ querySchema, handler }` of what a project makes itself. */
function optionsBound(graph: ProjectGraph, file: string, options: Value, path: readonly string[]): SchemaBound | null {
  if (options.kind !== 'object') return null;
  const part = path[0]?.toLowerCase() ?? '';
  let doubtful = false;
  let leftOut = false;
  for (const each of options.properties) {
    if (each.kind !== 'property' || !CONFIGURES.test(each.key) || each.value.kind === 'function') continue;
    const value = graph.resolve(file, each.value);
    const bound = schemaBound(graph, value, path.slice(1));
    if (bound.kind === 'capped' || bound.kind === 'open') return bound;
    const inner = optionsBound(graph, value.file, value.value, path);
    if (inner) return inner;
    doubtful ||= bound.kind === 'unknown';
    leftOut ||= bound.kind === 'absent' && each.key.toLowerCase().includes(part);
  }
  if (leftOut) return { kind: 'absent' };
  return doubtful ? UNKNOWN : null;
}

const CONFIGURES = /schema|valid|^(query|querystring|params|body|input|searchParams)$/i;

function calledAs(graph: ProjectGraph, file: string, { callee: { root, path } }: CallFact): string {
  return path.at(-1) ?? referredAs(graph, file, { kind: 'reference', to: { root, path }, span: { start: 0, end: 0 } });
}

function referredAs(graph: ProjectGraph, file: string, value: Value): string {
  if (value.kind !== 'reference') return '';
  const { root, path } = value.to;
  const facts = graph.files.get(file);
  const own =
    root.kind === 'import'
      ? facts?.imports[root.import]?.local
      : root.kind === 'function'
        ? facts?.functions[root.function]?.name
        : root.kind === 'variable'
          ? facts?.variables[root.variable]?.name
          : null;
  return path.at(-1) ?? own ?? '';
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

/** What a call reads from a request by name: `searchParams.get('limit')`, `c.req.query('limit')`, `formData.get('take')`. */
export function callSource(
  graph: ProjectGraph,
  file: string,
  call: CallFact,
  path: readonly string[],
): RequestPart | null {
  const { path: steps, root } = call.callee;
  const last = steps.at(-1) ?? '';
  const holder = steps.at(-2) ?? heldBy(graph, file, root);
  const [key] = call.arguments;
  const name = key?.kind === 'literal' && typeof key.value === 'string' ? key.value : (path[0] ?? null);
  if (
    last === 'get' &&
    /(searchParams|query|params|URLSearchParams)$/i.test(holder) &&
    !isOwnAddress(graph, file, root)
  )
    return { name, part: 'query string', bound: UNCHECKED };
  if (last === 'get' && /form/i.test(holder)) return { name, part: 'form', bound: UNCHECKED };
  if (steps.at(-2) === 'req' && /^(query|queries|param)$/.test(last))
    return { name, part: last === 'param' ? 'path' : 'query string', bound: UNCHECKED };
  if (steps.at(-2) === 'req' && last === 'valid') return validated(graph, file, call, path);
  if (last === 'json' && /^(req|request|ctx|c|event)$/.test(holder) && call.arguments.length === 0)
    return { name: path[0] ?? null, part: 'body', bound: UNCHECKED };
  const global =
    root.kind === 'import'
      ? graph.files.get(file)?.imports[root.import]?.name
      : root.kind === 'global'
        ? root.name
        : '';
  if (steps.length === 0 && /^(getQuery|readBody)$/.test(global ?? ''))
    return { name: path[0] ?? null, part: global === 'getQuery' ? 'query string' : 'body', bound: UNCHECKED };
  return null;
}

/** What something is called that a method is called on. */
function heldBy(graph: ProjectGraph, file: string, root: Reference['root']): string {
  const facts = graph.files.get(file);
  if (root.kind === 'parameter') return facts?.functions[root.function]?.parameters[root.index]?.name ?? '';
  if (root.kind === 'variable') return facts?.variables[root.variable]?.name ?? '';
  if (root.kind !== 'call') return '';
  const inner = facts?.calls[root.call]?.callee;
  return inner?.path.at(-1) ?? (inner?.root.kind === 'global' ? inner.root.name : '');
}

/** `c.req.valid('query')` behind `zValidator('query', schema)`. */
function validated(graph: ProjectGraph, file: string, call: CallFact, path: readonly string[]): RequestPart | null {
  const facts = graph.files.get(file);
  const registration = facts?.calls[facts.functions[call.function]?.argumentOf?.call ?? -1];
  const bounds = (registration?.arguments ?? []).flatMap((value) => {
    const made = value.kind === 'call' ? facts?.calls[value.call] : undefined;
    return (made?.arguments ?? []).slice(1).map((schema) => schemaBound(graph, { file, value: schema }, path));
  });
  const known = bounds.find(({ kind }) => kind === 'capped' || kind === 'open');
  return known ? { name: path[0] ?? null, part: 'query string', bound: known } : null;
}

/** A place to point to, for what is read of a parameter. */
export function parameterPlace(node: FunctionNode, index: number): Location {
  return { file: node.file, span: node.fact.parameters[index]?.span ?? node.fact.nameSpan };
}

/** `new URL(process.env.DATABASE_URL).searchParams`: an address of the configuration. */
function isOwnAddress(graph: ProjectGraph, file: string, root: Reference['root']): boolean {
  const facts = graph.files.get(file);
  const init = root.kind === 'variable' ? facts?.variables[root.variable]?.init : null;
  const made =
    init?.kind === 'call' ? facts?.calls[init.call] : root.kind === 'call' ? facts?.calls[root.call] : undefined;
  const [address] = made?.kind === 'new' ? made.arguments : [];
  return address?.kind === 'reference' && address.to.root.kind === 'global' && address.to.root.name === 'process';
}
