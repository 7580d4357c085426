import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';
import type { VariableFact, WriteFact } from '#syntax/facts.ts';
import type { Property, Value } from '#syntax/values.ts';
import { somethingFirst } from './absentValues.ts';

/** `let where; if (mine) where = { … }; else where = { … }`: each value of the whole variable, the last one first, what is nothing last; null for any other. */
export function assignedValues(graph: ProjectGraph, from: ResolvedValue): readonly ResolvedValue[] | null {
  const variable = variableBehind(graph, from);
  const whole = variable ? writesBefore(variable, from.value).filter(({ path }) => path.length === 0) : [];
  const [first] = whole;
  if (!variable || !first) return null;
  const started = variable.init && variable.init.kind !== 'undefined' ? [variable.init] : [];
  const certain = whole.findLastIndex(({ conditional }) => !conditional);
  const left =
    certain < 0 ? [...started, ...whole.map(({ value }) => value)] : whole.slice(certain).map(({ value }) => value);
  const exhaustive = certain >= 0 || started.length > 0 || whole.length > 1;
  const values: readonly Value[] = exhaustive ? left : [...left, { kind: 'undefined', span: variable.span }];
  return somethingFirst(values.toReversed().map((value) => ({ file: from.file, value })));
}

/** `where.status = …` and `list.push(…)` after `const where = {}`: the object or list with what is written into it later; null for any other. */
export function afterWrites(graph: ProjectGraph, from: ResolvedValue): ResolvedValue | null {
  const variable = variableBehind(graph, from);
  const inner = variable ? writesBefore(variable, from.value).filter(({ path }) => path.length > 0) : [];
  if (!variable?.init || inner.length === 0) return null;
  let value = variable.init;
  for (const write of inner) value = afterWrite(value, write.path, write);
  return { file: from.file, value };
}

/** What is written further down than it is read does not count there; what has no place of its own counts all. */
function writesBefore({ writes, span }: VariableFact, { span: read }: Value): readonly WriteFact[] {
  return read.start < span.end ? writes : writes.filter((write) => write.span.start < read.start);
}

function afterWrite(base: Value, path: readonly string[], write: WriteFact): Value {
  const [step, ...rest] = path;
  const { span, conditional } = write;
  if (step === undefined) return write.value;
  if (step === '[]') {
    const item: Value = rest.length === 0 ? write.value : afterWrite(EMPTY, rest, write);
    const items: readonly Value[] = conditional ? [sometimesIn(item, write)] : [item];
    return { kind: 'array', items: [{ kind: 'spread', value: base, span: base.span }, ...items], span: base.span };
  }
  const before = propertyIn(base, step) ?? EMPTY;
  const written = rest.length === 0 ? write.value : afterWrite(before, rest, write);
  const property: Property =
    step === '?'
      ? { kind: 'computed', name: { kind: 'unknown', span }, value: written, span }
      : { kind: 'property', key: step, keySpan: span, value: written, span };
  const spread = { kind: 'spread', value: base, span: base.span } as const;
  const after: Value = { kind: 'object', properties: [spread, property], span: base.span };
  return conditional && rest.length === 0 ? sometimes(after, base, write) : after;
}

const EMPTY: Value = { kind: 'object', properties: [], span: { start: 0, end: 0 } };

/** `...(x && [item])`. */
function sometimesIn(item: Value, { span }: WriteFact): Value {
  const none: Value = { kind: 'undefined', span };
  const one: Value = { kind: 'array', items: [item], span };
  const value: Value = { kind: 'choice', operator: '&&', test: { kind: 'unknown', span }, options: [none, one], span };
  return { kind: 'spread', value, span };
}

function sometimes(value: Value, otherwise: Value, { span }: WriteFact): Value {
  return { kind: 'choice', operator: '||', test: { kind: 'unknown', span }, options: [value, otherwise], span };
}

/** The value of a property as far as it stands in the object or what is spread into it. */
function propertyIn(value: Value, key: string): Value | null {
  if (value.kind === 'choice') return propertyIn(value.options[0] ?? EMPTY, key);
  if (value.kind !== 'object') return null;
  for (const each of value.properties.toReversed()) {
    if (each.kind === 'property' && each.key === key) return each.value;
    const inner = each.kind === 'spread' ? propertyIn(each.value, key) : null;
    if (inner) return inner;
  }
  return null;
}

function variableBehind(graph: ProjectGraph, { file, value }: ResolvedValue): VariableFact | null {
  if (value.kind !== 'reference' || value.to.root.kind !== 'variable' || value.to.path.length > 0) return null;
  return graph.files.get(file)?.variables[value.to.root.variable] ?? null;
}
