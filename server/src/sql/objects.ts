import { callIndex } from '#graph/callIndex.ts';
import { listElements } from '#graph/listElements.ts';
import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';
import type { Property, Value } from '#syntax/values.ts';
import { inside } from './optionText.ts';
import { deeper, type Reading } from './reading.ts';
import { oneOf, settle } from './settle.ts';
import { afterWrites, assignedValues } from './writtenInto.ts';

/** Reads the value of one key; undefined leaves the key out. */
export type ReadKey = (key: string, value: ResolvedValue, path: string) => unknown;

/** Reads an object key by key; null where it is no object that can be followed, which is told. Nothing at all is an empty one. */
export function readObject(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  readKey: ReadKey,
): Record<string, unknown> | null {
  const values = new Map<string, ResolvedValue>();
  if (path.split('.').length > MAX_STEPS || !collect(reading, from, path, values, 0)) {
    reading.lost(path);
    return null;
  }
  const result: Record<string, unknown> = {};
  for (const [key, value] of values) {
    const read = readKey(key, value, inside(path, key));
    if (read !== undefined) result[key] = read;
    else reading.leftOut.add(inside(path, key));
  }
  return result;
}

/** A query written by hand is never nested so deep; one that a function makes by calling itself is. */
const MAX_STEPS = 24;
/** Deepest nesting of spreads. */
const MAX_DEPTH = 10;

/** Puts the keys into `values`, the last one of a name wins; false where it is no object that can be followed. */
function collect(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  values: Map<string, ResolvedValue>,
  depth: number,
): boolean {
  const { file, value } = settle(reading, from, path);
  if (depth > MAX_DEPTH) return false;
  if (value.kind === 'undefined') return true;
  if (value.kind === 'literal') return value.value === null || typeof value.value === 'boolean';
  if (value.kind !== 'object') return false;
  for (const property of value.properties) {
    if (property.kind === 'property') values.set(property.key, { file, value: property.value });
    else if (!collectFurther(reading, file, property, path, values, depth)) reading.lost(inside(path, '…'));
  }
  return true;
}

function collectFurther(
  reading: Reading,
  file: string,
  property: Exclude<Property, { kind: 'property' }>,
  path: string,
  values: Map<string, ResolvedValue>,
  depth: number,
): boolean {
  if (property.kind === 'spread') return collect(reading, { file, value: property.value }, path, values, depth + 1);
  const name = settle(reading, { file, value: property.name }, path).value;
  if (name.kind !== 'literal' || typeof name.value !== 'string') return false;
  values.set(name.value, { file, value: property.value });
  return true;
}

/** Reads `a` or `[a, b]`, as Prisma takes both in many places; of a list made by `map` one element. */
export function readOneOrMany(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  read: (value: ResolvedValue, path: string) => unknown,
): unknown {
  const settled = settle(reading, from, path);
  return readMany(reading, settled, path, read) ?? read(settled, path);
}

/** Reads the elements of a list that is written down or made by `map`; null for any other value. */
export function readMany(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  read: (value: ResolvedValue, path: string) => unknown,
): readonly unknown[] | null {
  const settled = settle(reading, from, path);
  const elements = listElements(reading.graph, settled);
  return (
    elements?.flatMap(({ value, optional, list, each }, index) => {
      const at = `${path}[${index}]`;
      if (list) return readSpread(reading, value, path, read);
      if (optional && isLeftOut(reading, value, at)) return [];
      if (each && WRITES.test(path))
        reading.note(`\`${path}\` has one element for each of another list, and stands here with one`);
      const item = read(value, at);
      return item === undefined ? [] : [item];
    }) ?? null
  );
}

/** `...conditions(user)` among the elements of a list. */
function readSpread(
  reading: Reading,
  list: ResolvedValue,
  path: string,
  read: (value: ResolvedValue, path: string) => unknown,
): readonly unknown[] {
  const inner = deeper(reading);
  const settled = inner && settle(inner, list, path);
  const items = settled && settled.value !== list.value ? readMany(inner, settled, path, read) : null;
  if (!items) reading.lost(`${path}[…]`);
  return items ?? [];
}

/** Where lists are rows: of other lists the SQL shows one place for all elements. */
const WRITES = /(?:^|\.)(?:data|create|createMany)\b/;

function isLeftOut(reading: Reading, element: ResolvedValue, path: string): boolean {
  const { file, value } = element;
  const none: ResolvedValue = { file, value: { kind: 'undefined', span: value.span } };
  return oneOf(reading, `${file} ${value.span.start}`, path, [element, none]) === none;
}

/** Whether a value is, on one way at least, an object written down: one of operators and not a plain value. */
export function isWritten(graph: ProjectGraph, from: ResolvedValue, seen = new Set<Value>()): boolean {
  if (seen.has(from.value)) return false;
  seen.add(from.value);
  const assigned = assignedValues(graph, from);
  if (assigned) return assigned.some((each) => isWritten(graph, each, seen));
  if (afterWrites(graph, from)) return true;
  const { file, value } = graph.resolve(from.file, from.value);
  if (value.kind === 'object') return true;
  if (value.kind === 'choice') return value.options.some((option) => isWritten(graph, { file, value: option }, seen));
  const call = callIndex(value);
  const targets = call === null ? [] : graph.targets(file, call);
  return targets.some((target) =>
    target.fact.returns.some((each) => isWritten(graph, { file: target.file, value: each }, seen)),
  );
}
