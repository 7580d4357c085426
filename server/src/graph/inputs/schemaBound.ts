import type { Location, Span } from '#shared/location.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import { functionId, type ProjectGraph, type ResolvedValue } from '../projectGraph.ts';
import { valuesIn } from '../queryArgs.ts';

/** Whether a validation schema lets arbitrarily large numbers through at a place. */
export type SchemaBound =
  | { readonly kind: 'capped' }
  | { readonly kind: 'open'; readonly declared: DeclaredInput | null }
  /** The schema says nothing about it. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/** What lets a number in: the entry of a schema, or a member of a class. */
export interface DeclaredInput extends Location {
  /** Behind which `.max(…)` may be written, null where a bound is written otherwise. */
  readonly number: Span | null;
}

/** What nothing looked at before it is used. */
export const UNCHECKED: SchemaBound = { kind: 'open', declared: null };

const CAPPED: SchemaBound = { kind: 'capped' };
const ABSENT: SchemaBound = { kind: 'absent' };
const UNKNOWN: SchemaBound = { kind: 'unknown' };
const OPEN: SchemaBound = { kind: 'open', declared: null };

/** Calls and names followed one inside the other. */
const MAX_DEPTH = 24;
/** What is let through up to here is a table, not a page. */
const HUGE = 100_000;

/** Reads schemas of zod, valibot, yup, joi, TypeBox and JSON Schema: the bound of what lies at `path` within what they accept. */
export function schemaBound(graph: ProjectGraph, from: ResolvedValue, path: readonly string[], depth = 0): SchemaBound {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const shaped = shapeOf(graph, from, path, depth);
  if (shaped) return shaped;
  const { file, value } = graph.resolve(from.file, from.value);
  switch (value.kind) {
    case 'object':
      return entryBound(graph, { file, value }, path, depth);
    case 'call':
      return callBound(graph, file, value.call, path, depth);
    case 'reference':
      return value.to.root.kind === 'call' && value.to.path.length === 0
        ? callBound(graph, file, value.to.root.call, path, depth)
        : UNKNOWN;
    case 'choice':
      return loosest(value.options.map((option) => schemaBound(graph, { file, value: option }, path, depth + 1)));
    default:
      return UNKNOWN;
  }
}

/** `Schema.shape.limit`, `Schema.entries`, `Schema.fields`. */
function shapeOf(
  graph: ProjectGraph,
  { file, value }: ResolvedValue,
  path: readonly string[],
  depth: number,
): SchemaBound | null {
  if (value.kind !== 'reference') return null;
  const at = value.to.path.findLastIndex((step) => SHAPES.test(step));
  if (at < 0) return null;
  const schema = referenceValue({ root: value.to.root, path: value.to.path.slice(0, at) }, value.span);
  return schemaBound(graph, { file, value: schema }, [...value.to.path.slice(at + 1), ...path], depth + 1);
}

const SHAPES = /^(shape|entries|fields)$/;

/** The entries of an object, or a JSON Schema. */
function entryBound(
  graph: ProjectGraph,
  { file, value }: ResolvedValue,
  [step, ...rest]: readonly string[],
  depth: number,
): SchemaBound {
  if (value.kind !== 'object') return UNKNOWN;
  const own = (key: string) => value.properties.findLast((each) => each.kind === 'property' && each.key === key);
  if (step === undefined) return own('maximum') || own('enum') || own('const') ? CAPPED : own('type') ? OPEN : UNKNOWN;
  const entry = own(step);
  if (entry?.kind === 'property') {
    const bound = schemaBound(graph, { file, value: entry.value }, rest, depth + 1);
    return rest.length === 0 && bound.kind === 'open' ? at(bound, { file, span: entry.keySpan }) : bound;
  }
  const properties = own('properties');
  if (properties) return entryBound(graph, graph.resolve(file, properties.value), [step, ...rest], depth + 1);
  for (const each of value.properties.toReversed()) {
    if (each.kind === 'property') continue;
    const bound =
      each.kind === 'spread' ? schemaBound(graph, { file, value: each.value }, [step, ...rest], depth + 1) : UNKNOWN;
    if (bound.kind !== 'absent') return bound;
  }
  return ABSENT;
}

function at(bound: SchemaBound, place: Location): SchemaBound {
  if (bound.kind !== 'open') return bound;
  const number = bound.declared?.file === place.file ? bound.declared.number : null;
  return { kind: 'open', declared: { ...place, number } };
}

function callBound(
  graph: ProjectGraph,
  file: string,
  index: number,
  path: readonly string[],
  depth: number,
): SchemaBound {
  const call = graph.files.get(file)?.calls[index];
  if (!call) return UNKNOWN;
  const name = call.callee.path.at(-1) ?? '';
  const of = (value: Value | undefined, inner = path) =>
    value ? schemaBound(graph, { file, value }, inner, depth + 1) : UNKNOWN;
  const receiver = () => of(receiverOf(call));
  const [first, second] = call.arguments;
  if (COMPOSES.test(name)) return path.length === 0 ? UNKNOWN : objectBound(of(first), first, receiver);
  switch (name) {
    case 'merge':
    case 'and':
    case 'concat':
      return otherwise(of(first), receiver);
    case 'intersection':
    case 'intersect':
    case 'merge_':
      return otherwise(of(first), () => of(second));
    case 'omit':
      return path[0] !== undefined && names(first, path[0]) ? ABSENT : receiver();
    case 'preprocess':
      return of(second);
    case 'or':
      return loosest([receiver(), of(first)]);
    case 'union':
    case 'alternatives':
    case 'variant':
      return loosest(first?.kind === 'array' ? first.items.map((item) => of(item)) : [UNKNOWN]);
    case 'pipe':
      return isChained(graph, file, call) ? strictest([of(first), receiver()]) : pipeBound(graph, file, call, of);
    case 'lazy':
      return UNKNOWN;
    case 'nullable':
    case 'optional':
    case 'nullish':
    case 'default':
    case 'catch':
    case 'partial':
    case 'required':
    case 'fallback':
    case 'pick':
    case 'readonly':
    case 'Optional':
    case 'Partial':
      return isChained(graph, file, call) ? receiver() : of(first);
  }
  if (path.length > 0) return PASSED_ON.test(name) ? receiver() : returnedBound(graph, file, call, path, depth);
  return scalarBound(graph, file, call, name, { receiver, of, depth });
}

/** Makes an object schema of entries, or adds entries to one. */
const COMPOSES =
  /^(object|strictObject|looseObject|interface|extend|safeExtend|augment|shape|keys|append|objectAsync|Object|t)$/;
/** Leaves the entries of an object as they are. */
const PASSED_ON =
  /^(strict|strip|passthrough|loose|describe|openapi|meta|brand|refine|superRefine|check|unknown|label|noUnknown|required|deepPartial|transform|register|array|catchall)$/;

function objectBound(own: SchemaBound, entries: Value | undefined, receiver: () => SchemaBound): SchemaBound {
  return entries ? otherwise(own, receiver) : receiver();
}

interface Inner {
  readonly receiver: () => SchemaBound;
  readonly of: (value: Value | undefined) => SchemaBound;
  readonly depth: number;
}

/** A step of a chain that ends in a number. */
function scalarBound(graph: ProjectGraph, file: string, call: CallFact, name: string, inner: Inner): SchemaBound {
  if (CAPS.test(name)) return isHuge(graph, file, call) ? inner.receiver() : CAPPED;
  if (FIXED.test(name) || CHECKS.test(name)) return CAPPED;
  if (name === 'transform') return transforms(graph, file, call) ? CAPPED : inner.receiver();
  if (!BASES.test(name))
    return isChained(graph, file, call) ? inner.receiver() : returnedBound(graph, file, call, [], inner.depth);
  if (call.arguments.some((value) => value.kind === 'object' && hasMaximum(value))) return CAPPED;
  const receiver = isChained(graph, file, call) ? inner.receiver() : UNKNOWN;
  if (receiver.kind === 'capped') return CAPPED;
  return { kind: 'open', declared: { file, span: call.span, number: COUNTS.test(name) ? call.span : null } };
}

const CAPS = /^(max|lte|lt|less|maxValue|maximum|maxLength|ltValue|negative|nonpositive|between|length|size)$/;
const FIXED = /^(literal|enum|nativeEnum|picklist|oneOf|valid|enum_|equal|boolean|date|null|undefined|Literal|Enum)$/;
/** May cut: what they test is not read. */
const CHECKS = /^(refine|superRefine|check|custom|test|regex|pattern|rawCheck|when|codec|stringbool)$/;
const BASES = /^(number|int|int32|float|bigint|string|any|unknown|integer|numberString|Integer|Number|String|Numeric)$/;
const COUNTS = /^(number|int|integer)$/;

/** `v.pipe(v.string(), v.transform(Number), v.maxValue(100))`. */
function pipeBound(
  graph: ProjectGraph,
  file: string,
  call: CallFact,
  of: (value: Value | undefined) => SchemaBound,
): SchemaBound {
  const names = call.arguments.slice(1).map((value) => calleeName(graph, file, value));
  return names.some((name) => CAPS.test(name) || FIXED.test(name) || CHECKS.test(name))
    ? CAPPED
    : strictest(call.arguments.map(of));
}

/** `paginationSchema({ max: 100 })`: what a function of the project makes; a schema nobody knows else. */
function returnedBound(
  graph: ProjectGraph,
  file: string,
  call: CallFact,
  path: readonly string[],
  depth: number,
): SchemaBound {
  const targets = graph.targets(file, call.index);
  const bounds = targets.flatMap((target) =>
    target.fact.returns.map((value) => schemaBound(graph, { file: target.file, value }, path, depth + 1)),
  );
  return bounds.length === 0 ? UNKNOWN : loosest(bounds);
}

/** `.transform((value) => Math.min(value, 100))`: any cut within what it gives. */
function transforms(graph: ProjectGraph, file: string, { arguments: [by] }: CallFact): boolean {
  if (by?.kind !== 'function') return false;
  const { fact } = graph.function(functionId(file, by.function));
  return fact.returns.some((value) =>
    [...valuesIn(graph, { file, value })].some(
      (inner) => inner.value.kind === 'call' && /^(min|clamp)$/.test(calleeName(graph, inner.file, inner.value)),
    ),
  );
}

function calleeName(graph: ProjectGraph, file: string, value: Value): string {
  return value.kind === 'call' ? (graph.files.get(file)?.calls[value.call]?.callee.path.at(-1) ?? '') : '';
}

function isHuge(graph: ProjectGraph, file: string, { arguments: [limit] }: CallFact): boolean {
  const known = limit ? graph.resolve(file, limit).value : null;
  return known?.kind === 'literal' && typeof known.value === 'number' && known.value > HUGE;
}

function hasMaximum(value: Value): boolean {
  return (
    value.kind === 'object' &&
    value.properties.some((each) => each.kind === 'property' && /^(maximum|exclusiveMaximum|max|lte)$/.test(each.key))
  );
}

function names(value: Value | undefined, key: string): boolean {
  if (value?.kind === 'array') return value.items.some((item) => item.kind === 'literal' && item.value === key);
  return value?.kind === 'object' && value.properties.some((each) => each.kind === 'property' && each.key === key);
}

/** A step behind another schema, and not a function of the library itself. */
function isChained(graph: ProjectGraph, file: string, { callee: { root, path } }: CallFact): boolean {
  if (root.kind === 'call') return true;
  if (path.length < 2 && root.kind === 'import') return path.length === 1 && !isLibrary(graph, file, root.import);
  return root.kind === 'variable' || (root.kind === 'import' && !isLibrary(graph, file, root.import));
}

function isLibrary(graph: ProjectGraph, file: string, index: number): boolean {
  const fact = graph.files.get(file)?.imports[index];
  return (
    fact !== undefined && /^(zod|valibot|yup|joi|@hapi\/joi|@sinclair\/typebox|arktype|elysia)/.test(fact.specifier)
  );
}

/** What the last step is taken of. */
function receiverOf({ callee: { root, path }, span }: CallFact): Value | undefined {
  if (root.kind === 'call' && path.length === 1) return { kind: 'call', call: root.call, span };
  return path.length > 0 ? referenceValue({ root, path: path.slice(0, -1) }, span) : undefined;
}

function referenceValue(to: Reference, span: Span): Value {
  return to.root.kind === 'call' && to.path.length === 0
    ? { kind: 'call', call: to.root.call, span }
    : { kind: 'reference', to, span };
}

function otherwise(bound: SchemaBound, next: () => SchemaBound): SchemaBound {
  return bound.kind === 'absent' ? next() : bound;
}

const LOOSE: readonly SchemaBound['kind'][] = ['unknown', 'open', 'absent', 'capped'];

function loosest(bounds: readonly SchemaBound[]): SchemaBound {
  return bounds.toSorted((a, b) => LOOSE.indexOf(a.kind) - LOOSE.indexOf(b.kind))[0] ?? UNKNOWN;
}

function strictest(bounds: readonly SchemaBound[]): SchemaBound {
  const known = bounds.filter(({ kind }) => kind !== 'unknown' && kind !== 'absent');
  return known.find(({ kind }) => kind === 'capped') ?? known[0] ?? UNKNOWN;
}
