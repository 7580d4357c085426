import type { Location } from '#shared/location.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import {
  type FunctionId,
  type FunctionNode,
  functionId,
  type ProjectGraph,
  type ResolvedValue,
} from '../projectGraph.ts';
import { callSource } from './callSource.ts';
import { classBound } from './classBound.ts';
import { isCompared, isCut, isMinimum } from './cuts.ts';
import { parameterPlace, parameterSource, type RequestPart } from './requestSource.ts';
import { type DeclaredInput, type SchemaBound, schemaBound, UNCHECKED } from './schemaBound.ts';

/** A number that whoever sends a request chooses, with nothing in between that keeps it small. */
export interface Origin {
  readonly part: RequestPart['part'];
  readonly name: string | null;
  /** Where it leaves the request. */
  readonly at: Location;
  /** What lets it in without an upper bound, where something describes what may come in. */
  readonly declared: DeclaredInput | null;
  /** A schema decides what is let in, bounded or not. */
  readonly checked: boolean;
}

interface Placed extends ResolvedValue {
  /** What is read of the value. */
  readonly path: readonly string[];
  /** The call whose function the value stands in, where it was entered by that call. */
  readonly frame: Frame | null;
  readonly depth: number;
}

interface Frame {
  readonly function: FunctionId;
  readonly file: string;
  readonly call: CallFact;
  readonly outer: Frame | null;
}

/** Names, calls and callers followed one behind the other. */
const MAX_DEPTH = 24;
/** A function called from more places than this is a library of its own. */
const MAX_CALLERS = 24;

/** Where a number comes from as far as requests are concerned; nothing where it is cut, constant or not followed. */
export function originsOf(graph: ProjectGraph, from: ResolvedValue, path: readonly string[] = []): readonly Origin[] {
  const found = [...trace(graph, { ...from, path, frame: null, depth: 0 })];
  const keys = new Set<string>();
  return found.filter(({ at, name }) => {
    const key = `${at.file}:${at.span.start} ${name}`;
    return keys.size < keys.add(key).size;
  });
}

function* trace(graph: ProjectGraph, at: Placed): Generator<Origin> {
  const { value, path, depth } = at;
  if (depth > MAX_DEPTH) return;
  const on = (inner: Value, more: Partial<Placed> = {}) =>
    trace(graph, { ...at, value: inner, depth: depth + 1, ...more });
  switch (value.kind) {
    case 'reference':
      yield* ofReference(graph, at, value.to);
      return;
    case 'call':
      yield* ofCall(graph, at, value.call, path);
      return;
    case 'object':
      yield* ofObject(graph, at);
      return;
    case 'choice':
      if (value.operator === '?:' && isCut(graph, at.file, value)) return;
      for (const option of value.options) yield* on(option);
      return;
    case 'unary':
      if (value.operator === '+' || value.operator === '-') yield* on(value.operand);
      return;
    case 'binary':
      yield* on(value.left);
      if (value.operator === '+' || value.operator === '*') yield* on(value.right);
  }
}

function* ofObject(graph: ProjectGraph, at: Placed): Generator<Origin> {
  const [key, ...rest] = at.path;
  if (at.value.kind !== 'object' || key === undefined) return;
  for (const each of at.value.properties.toReversed()) {
    const depth = at.depth + 1;
    if (each.kind === 'spread') yield* trace(graph, { ...at, value: each.value, depth });
    else if (each.kind === 'property' && each.key === key) {
      yield* trace(graph, { ...at, value: each.value, path: rest, depth });
      return;
    }
  }
}

function* ofReference(graph: ProjectGraph, at: Placed, to: Reference): Generator<Origin> {
  const path = [...to.path, ...at.path];
  const { root } = to;
  if (isCompared(graph, at.file, { root, path })) return;
  switch (root.kind) {
    case 'call':
      yield* ofCall(graph, at, root.call, path);
      return;
    case 'parameter':
      yield* ofParameter(graph, { ...at, path }, functionId(at.file, root.function), root.index);
      return;
    case 'variable':
      yield* ofVariable(graph, { ...at, path }, root.variable);
      return;
    case 'import':
    case 'this':
    case 'class': {
      const whole: Value = { kind: 'reference', to: { root, path }, span: at.value.span };
      const known = graph.resolve(at.file, whole);
      if (known.value !== whole && known.value.kind !== 'class')
        yield* trace(graph, { ...at, ...known, path: [], frame: null, depth: at.depth + 1 });
    }
  }
}

/** What it was made with, and what it was set to later. */
function* ofVariable(graph: ProjectGraph, at: Placed, index: number): Generator<Origin> {
  const fact = graph.files.get(at.file)?.variables[index];
  if (!fact) return;
  const depth = at.depth + 1;
  if (fact.writes.some(({ path, value }) => path.length === 0 && isMinimum(graph, at.file, value))) return;
  for (const write of fact.writes) {
    const covers = write.path.every((step, place) => at.path[place] === step);
    if (covers) yield* trace(graph, { ...at, value: write.value, path: at.path.slice(write.path.length), depth });
  }
  if (fact.init) yield* trace(graph, { ...at, value: fact.init, depth });
}

function* ofParameter(graph: ProjectGraph, at: Placed, id: FunctionId, index: number): Generator<Origin> {
  const node = graph.function(id);
  const { path, frame } = at;
  const written = writtenBound(graph, node, index, path);
  if (written?.kind === 'capped') return;
  const origins =
    frame?.function === id ? ofArgument(graph, at, frame, index) : fromOutside(graph, at, node, index, frame);
  for (const origin of origins)
    yield written?.kind === 'open' && !origin.declared
      ? { ...origin, declared: written.declared, checked: true }
      : origin;
}

/** A parameter's type may be a class that checks. */
function writtenBound(
  graph: ProjectGraph,
  node: FunctionNode,
  index: number,
  path: readonly string[],
): SchemaBound | null {
  const typeName = node.fact.parameters[index]?.typeName;
  return typeName && path.length > 0 ? classBound(graph, node.file, typeName, path) : null;
}

function* ofArgument(graph: ProjectGraph, at: Placed, frame: Frame, index: number): Generator<Origin> {
  const value = frame.call.arguments[index];
  if (value && value.kind !== 'spread')
    yield* trace(graph, { file: frame.file, value, path: at.path, frame: frame.outer, depth: at.depth + 1 });
}

function* fromOutside(
  graph: ProjectGraph,
  at: Placed,
  node: FunctionNode,
  index: number,
  frame: Frame | null,
): Generator<Origin> {
  const source = parameterSource(graph, node, index, at.path);
  if (source) {
    yield* originOf(source, valuePlace(at) ?? parameterPlace(node, index));
    return;
  }
  const callers = graph
    .callers(node.id)
    .filter(({ kind, from }) => kind === 'call' && graph.function(from).role === 'app');
  if (callers.length > MAX_CALLERS) return;
  for (const { from, call } of callers) {
    const value = call.arguments[index];
    const { file } = graph.function(from);
    if (value && value.kind !== 'spread')
      yield* trace(graph, { file, value, path: at.path, frame: frame?.outer ?? null, depth: at.depth + 1 });
  }
}

function valuePlace({ file, value }: Placed): Location | null {
  return value.span.end > value.span.start ? { file, span: value.span } : null;
}

function* originOf({ part, name, bound }: RequestPart, at: Location): Generator<Origin> {
  if (bound.kind === 'open') yield { part, name, at, declared: bound.declared, checked: bound !== UNCHECKED };
}

/** Functions that give their first argument back as a number or as a copy. */
const CONVERTING =
  /^(Number|parseInt|parseFloat|String|BigInt|Number\.parseInt|Number\.parseFloat|Math\.(max|abs|floor|round|ceil|trunc)|Object\.fromEntries|Object\.assign|JSON\.parse|structuredClone)$/;
/** Methods that give what they are called on in another form. */
const FORMING = /^(toString|trim|toNumber|valueOf|toFixed)$/;
const VALIDATING =
  /^(parse|parseAsync|safeParse|safeParseAsync|validate|validateAsync|validateSync|cast|decode|assert)$/;

function* ofCall(graph: ProjectGraph, at: Placed, index: number, path: readonly string[]): Generator<Origin> {
  const call = graph.files.get(at.file)?.calls[index];
  if (!call || graph.siteAt(at.file, index)) return;
  const source = callSource(graph, at.file, call, path);
  if (source) {
    yield* originOf(source, { file: at.file, span: call.span });
    return;
  }
  const { root, path: steps } = call.callee;
  const name = [root.kind === 'global' ? root.name : '', ...steps].filter((step) => step !== '').join('.');
  const on = (value: Value | undefined, inner = path) =>
    value ? trace(graph, { ...at, value, path: inner, depth: at.depth + 1 }) : [];
  if (root.kind === 'global' && CONVERTING.test(name)) for (const value of call.arguments.slice(0, 2)) yield* on(value);
  else if (FORMING.test(steps.at(-1) ?? ''))
    yield* on({ kind: 'reference', to: { root, path: steps.slice(0, -1) }, span: call.span }, []);
  else if (VALIDATING.test(steps.at(-1) ?? importedAs(graph, at.file, root)))
    yield* ofValidation(graph, at, call, path);
  else yield* ofReturned(graph, at, call, path);
}

function importedAs(graph: ProjectGraph, file: string, root: Reference['root']): string {
  return root.kind === 'import' ? (graph.files.get(file)?.imports[root.import]?.name ?? '') : '';
}

/** `schema.parse(request.query)`, `v.parse(Schema, data)`. */
function* ofValidation(graph: ProjectGraph, at: Placed, call: CallFact, path: readonly string[]): Generator<Origin> {
  const { root, path: steps } = call.callee;
  const rest =
    /^safe|^validate/.test(steps.at(-1) ?? '') && /^(data|output|value)$/.test(path[0] ?? '') ? path.slice(1) : path;
  const [first, second] = call.arguments;
  const schema: Value =
    root.kind === 'call' && steps.length === 1
      ? { kind: 'call', call: root.call, span: call.span }
      : { kind: 'reference', to: { root, path: steps.slice(0, -1) }, span: call.span };
  const own = schemaBound(graph, { file: at.file, value: schema }, rest);
  const known =
    own.kind !== 'unknown' || !first || !second ? own : schemaBound(graph, { file: at.file, value: first }, rest);
  if (known.kind !== 'open') {
    if (own.kind === 'unknown') yield* ofReturned(graph, at, call, path);
    return;
  }
  const data = known === own ? first : second;
  if (!data) return;
  for (const origin of trace(graph, { ...at, value: data, path: rest, depth: at.depth + 1 }))
    yield { ...origin, declared: known.declared ?? origin.declared, checked: true };
}

/** What a function of the project makes of what it is handed. */
function* ofReturned(graph: ProjectGraph, at: Placed, call: CallFact, path: readonly string[]): Generator<Origin> {
  for (const target of graph.targets(at.file, call.index)) {
    const frame: Frame = { function: target.id, file: at.file, call, outer: at.frame };
    for (const value of target.fact.returns)
      yield* trace(graph, { file: target.file, value, path, frame, depth: at.depth + 1 });
  }
}
