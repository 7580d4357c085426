import { isDeepStrictEqual } from 'node:util';
import type { ResolvedValue } from '#graph/projectGraph.ts';
import type { ScalarField } from '#schema/schemaModel.ts';
import type { Value } from '#syntax/values.ts';
import { mayBeAbsent } from './absentValues.ts';
import { givenByCallers } from './callerValues.ts';
import { JSON_NULLS } from './clientArguments.ts';
import { pointOf } from './decisionPoints.ts';
import { memberNamed } from './namedMembers.ts';
import { deeper, identityOf, type Reading } from './reading.ts';
import { afterWrites, assignedValues } from './writtenInto.ts';

/** A value of a scalar field: as written, or a stand-in of its type; undefined where the code says so. */
export function readScalar(reading: Reading, field: ScalarField, from: ResolvedValue, path: string): unknown {
  return readValue(reading, from, path, (resolved) => {
    const { file, value } = resolved;
    if (value.kind === 'literal') return value.value;
    if (value.kind === 'array') return value.items.map((item) => readItem(reading, field, { file, value: item }, path));
    const member = memberOf(reading, field, resolved);
    if (member !== null) return member;
    if (isFieldReference(value)) reading.lost(path);
    const standIn = reading.standIns.scalar(field, identityOf(resolved));
    return field.list && !ELEMENT.test(path) ? [standIn] : standIn;
  });
}

/** `Prisma.DbNull` of a JSON field, a value of the field's enum. */
function memberOf({ graph, schema }: Reading, { type }: ScalarField, resolved: ResolvedValue): symbol | string | null {
  const names = type === 'Json' ? NULL_NAMES : schema.enums.get(type)?.values;
  const name = names ? memberNamed(graph, resolved, names) : null;
  const nulls: Readonly<Record<string, symbol>> = type === 'Json' ? JSON_NULLS : {};
  return name === null ? null : (nulls[name] ?? name);
}

const NULL_NAMES = Object.keys(JSON_NULLS);

/** Operators on a list that take one of its elements. */
const ELEMENT = /\.(?:has|push)$|\]$/;

/** The length of a list matters only where it is none: `[]` is written as a condition that never holds. */
function readItem(reading: Reading, field: ScalarField, item: ResolvedValue, path: string): unknown {
  return item.value.kind === 'spread'
    ? reading.standIns.scalar(field, identityOf(item))
    : readScalar(reading, { ...field, list: false }, item, path);
}

/** `prisma.user.fields.name`: another column stands where a value does. */
function isFieldReference(value: Value): boolean {
  return value.kind === 'reference' && value.to.path.at(-2) === 'fields';
}

/**
 * A value where only its kind shows in the SQL: something, `null`, nothing at all, an empty list, a negative number. Of several
 * values those of other kinds are told apart; `leaf` reads one that is no choice.
 */
export function readValue(
  reading: Reading,
  from: ResolvedValue,
  path: string,
  leaf: (resolved: ResolvedValue) => unknown,
): unknown {
  const inner = deeper(reading);
  if (!inner) return leaf(from);
  const assigned = assignedValues(reading.graph, from);
  if (assigned) return oneKind(inner, `${from.file} ${from.value.span.start}`, assigned, path, leaf);
  const resolved = afterWrites(reading.graph, from) ?? reading.graph.resolve(from.file, from.value);
  const { file, value } = resolved;
  if (value.kind === 'undefined') return undefined;
  if (value.kind === 'choice') {
    const { name, options } = orderedOptions(file, value);
    return oneKind(inner, name, inFile(file, options), path, leaf);
  }
  const given = givenByCallers(reading, resolved);
  if (given) return given.kind === 'value' ? leaf(resolved) : given.kind === 'null' ? null : undefined;
  const absent = mayBeAbsent(reading.graph, resolved);
  if (!absent) return leaf(resolved);
  const kinds: readonly unknown[] = [
    leaf(resolved),
    ...(absent.undefined ? [undefined] : []),
    ...(absent.null ? [null] : []),
  ];
  return kinds[
    reading.decisions.choose(pointOf(file, value).name, kinds.length, (index) => textOf(kinds[index], path))
  ];
}

type Choice = Extract<Value, { kind: 'choice' }>;

/** By whether the condition holds, so that a condition that is asked in several places is decided once. */
function orderedOptions(file: string, value: Choice): { readonly name: string; readonly options: readonly Value[] } {
  if (value.operator === '||' || value.operator === '??')
    return { name: `${file} ${value.span.start}`, options: value.options };
  const { name, negated } = pointOf(file, value.test);
  const turned = negated !== (value.operator === '&&');
  return { name, options: turned ? value.options.toReversed() : value.options };
}

function oneKind(
  reading: Reading,
  point: string,
  options: readonly ResolvedValue[],
  path: string,
  leaf: (resolved: ResolvedValue) => unknown,
): unknown {
  const read = options.map((option) => readValue(reading, option, path, leaf));
  const kinds = read.map((value) => kindOf(value, path));
  if (new Set(kinds).size < 2) return reading.other ? otherThanUsual(reading, options, read, path, leaf) : read[0];
  const text = (index: number) => (kinds[index] === kinds[0] ? '' : textOf(read[index], path));
  return read[reading.decisions.choose(point, read.length, text)];
}

/** Of values of one kind the first that is not the usual one; the usual one where there is no other. */
function otherThanUsual(
  reading: Reading,
  options: readonly ResolvedValue[],
  read: readonly unknown[],
  path: string,
  leaf: (resolved: ResolvedValue) => unknown,
): unknown {
  const asUsual = options.map((option) => readValue({ ...reading, other: false }, option, path, leaf));
  const [usual] = asUsual;
  return [...read, ...asUsual].find((value) => !isDeepStrictEqual(value, usual)) ?? usual;
}

function kindOf(value: unknown, path: string): string {
  if (typeof value === 'symbol') return FILTERS.test(path) ? String(value.description) : 'value';
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : 'list';
  return typeof value === 'number' && value <= 0 ? String(Math.sign(value)) : 'value';
}

/** Where the kinds of nothing that JSON knows are asked for in different words. */
const FILTERS = /(?:^|\.)(?:where|having)\b(?!.*\.(?:data|create|update)\b)/;

function textOf(value: unknown, path: string): string {
  const kind = kindOf(value, path);
  switch (kind) {
    case 'undefined':
      return `without ${path}`;
    case 'null':
      return `${path} null`;
    case 'empty':
      return `${path} empty`;
    case '-1':
      return `${path} negative`;
    case '0':
      return `${path} 0`;
    case 'value':
    case 'list':
      return `with ${path}`;
    default:
      return `${path} ${kind === '1' ? 'positive' : kind}`;
  }
}

function inFile(file: string, values: readonly Value[]): readonly ResolvedValue[] {
  return values.map((value) => ({ file, value }));
}
