import type { CallFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { FunctionNode, ProjectGraph, ResolvedValue } from '../projectGraph.ts';
import { answeredBy } from '../reach.ts';
import { type SchemaBound, schemaBound, UNCHECKED } from './schemaBound.ts';

const UNKNOWN: SchemaBound = { kind: 'unknown' };

/** What middleware handed to the same registration says: `router.get('/', validate(schema), handler)`. */
export function middlewareBound(graph: ProjectGraph, node: FunctionNode, path: readonly string[]): SchemaBound {
  const registration = node.facts.calls[node.fact.argumentOf?.call ?? -1] ?? registrationOf(node);
  const wrappers = answeredBy(graph, node.id)?.fact.wrappers ?? [];
  let bound: SchemaBound = UNCHECKED;
  for (const value of [...(registration?.arguments ?? []), ...madeBy(node, registration)]) {
    const own = handlerBound(graph, node.file, value, path);
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

function handlerBound(graph: ProjectGraph, file: string, value: Value, path: readonly string[]): SchemaBound | null {
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
