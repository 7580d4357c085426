import type { Field } from '#schema/schemaModel.ts';
import type { Value } from '#syntax/values.ts';
import { objectKeys } from '../objectKeys.ts';
import type { ProjectGraph, ResolvedValue } from '../projectGraph.ts';
import { possibleValues } from './possibleValues.ts';

/**
 * How a column is compared, seen from an index: `equal`, `in` and `null` find their place in it, `range` and `prefix` a stretch of it;
 * `search` (contains, case-insensitive, lists, JSON) and `exclude` (not, notIn) cannot use one, `unknown` was not understood.
 */
export type Comparison = 'equal' | 'in' | 'null' | 'range' | 'prefix' | 'search' | 'exclude' | 'unknown';

/** What a filter asks of one column. */
export interface ColumnComparison {
  readonly comparison: Comparison;
  /** Compared with something written in the code, so it takes few different values. */
  readonly constant: boolean;
  /** That value, where it is a plain one. */
  readonly value?: Literal;
  /** Of a text in a `search`: where it is looked for; `whole` and `start` are searched only because case does not count. */
  readonly within?: 'middle' | 'end' | 'start' | 'whole';
  /** Prisma leaves the condition out when the value is undefined. */
  readonly missing: boolean;
}

/** Choices inside each other that are followed. */
const MAX_CHOICES = 4;

type Literal = string | number | boolean | null;

const OPERATORS: Readonly<Record<string, Comparison>> = {
  equals: 'equal',
  in: 'in',
  lt: 'range',
  lte: 'range',
  gt: 'range',
  gte: 'range',
  startsWith: 'prefix',
  not: 'exclude',
  notIn: 'exclude',
  contains: 'search',
  endsWith: 'search',
  search: 'search',
  has: 'search',
  hasSome: 'search',
  hasEvery: 'search',
  isEmpty: 'search',
  path: 'search',
};

/** What a field's entry in a `where` compares it with; none when it is always undefined. */
export function comparisonOf(graph: ProjectGraph, field: Field, value: ResolvedValue): readonly ColumnComparison[] {
  const options = optionsOf(graph, value, 0);
  const present = options.filter((each) => each.value.kind !== 'undefined');
  const missing = present.length < options.length;
  const each = present.map((one) => ofValue(graph, field, one));
  const single = onePin(each);
  if (single) return [{ ...single, missing: missing || single.missing }];
  return each.flat().map((one) => ({ ...one, missing: missing || one.missing || !sameEverywhere(each, one) }));
}

/** The sides of a choice written at the condition or in a constant; what callers hand in stays a name, for only its form matters. */
function optionsOf(graph: ProjectGraph, from: ResolvedValue, depth: number): readonly ResolvedValue[] {
  const { file, value } = graph.resolve(from.file, from.value);
  if (value.kind === 'choice' && depth < MAX_CHOICES)
    return value.options.flatMap((option) => optionsOf(graph, { file, value: option }, depth + 1));
  if (value.kind !== 'call') return [value.kind === 'object' ? from : { file, value }];
  const returned = possibleValues(graph, { file, value });
  const isFilter = returned.values.length > 0 && returned.values.every((each) => each.value.kind === 'object');
  return isFilter ? returned.values : [{ file, value }];
}

/** `folderId: folder?.id ?? null` pins the column whichever side it takes. */
function onePin(each: readonly (readonly ColumnComparison[])[]): ColumnComparison | null {
  const pins = each.flat();
  if (each.length < 2 || each.some((list) => list.length !== 1) || !pins.every(isPin)) return null;
  const comparison = (['in', 'equal', 'null'] as const).find((one) => pins.some((pin) => pin.comparison === one));
  const constant = pins.every((pin) => pin.constant);
  return comparison ? { comparison, constant, missing: pins.some((pin) => pin.missing) } : null;
}

function isPin({ comparison }: ColumnComparison): boolean {
  return comparison === 'equal' || comparison === 'in' || comparison === 'null';
}

function sameEverywhere(each: readonly (readonly ColumnComparison[])[], one: ColumnComparison): boolean {
  return each.every((list) => list.some((other) => other.comparison === one.comparison));
}

function ofValue(graph: ProjectGraph, field: Field, { file, value }: ResolvedValue): readonly ColumnComparison[] {
  if (value.kind === 'literal') return [ofLiteral(value.value)];
  if (value.kind === 'object') return ofOperators(graph, field, { file, value });
  const known = graph.resolve(file, value);
  if (known.value.kind === 'object') return ofOperators(graph, field, { file, value });
  if (field.list) return [bare('search')];
  return [bare(plainForm(field), isNamedConstant(value))];
}

function ofLiteral(value: Literal | bigint): ColumnComparison {
  const literal = typeof value === 'bigint' ? Number(value) : value;
  return { ...bare(literal === null ? 'null' : 'equal', true), value: literal };
}

function bare(comparison: Comparison, constant = false): ColumnComparison {
  return { comparison, constant, missing: false };
}

/** A bare name is an equality, but moments are hardly ever looked up by their exact value: the name holds a range. */
function plainForm(field: Field): Comparison {
  return field.type === 'DateTime' ? 'unknown' : field.type === 'Json' ? 'search' : 'equal';
}

const WITHIN: Readonly<Record<string, ColumnComparison['within']>> = {
  contains: 'middle',
  endsWith: 'end',
  startsWith: 'start',
  equals: 'whole',
  in: 'whole',
};

function ofOperators(graph: ProjectGraph, field: Field, object: ResolvedValue): readonly ColumnComparison[] {
  const { keys } = objectKeys(graph, object);
  const searching = keys.has('mode') || keys.has('path');
  const found: ColumnComparison[] = [];
  for (const [key, { values, optional }] of keys) {
    const comparison = OPERATORS[key];
    const operand = values[0] ? graph.resolve(values[0].file, values[0].value) : null;
    if (!comparison || operand?.value.kind === 'undefined') continue;
    if (found.some((each) => each.comparison === comparison)) continue;
    const missing = optional || (operand !== null && mayBeUndefined(operand.value));
    const within = WITHIN[key];
    const whole = searching
      ? bare('search', operand !== null && isConstant(graph, operand))
      : withOperand(graph, comparison, operand);
    const isText = within !== undefined && field.type === 'String' && !field.list && whole.comparison === 'search';
    found.push({ ...whole, ...(isText ? { within } : {}), missing });
  }
  return found.length > 0 ? found : [bare('unknown')];
}

function mayBeUndefined(value: Value): boolean {
  return value.kind === 'choice' && value.options.some((option) => option.kind === 'undefined');
}

function withOperand(graph: ProjectGraph, comparison: Comparison, operand: ResolvedValue | null): ColumnComparison {
  if (comparison === 'equal' && operand?.value.kind === 'literal') return ofLiteral(operand.value.value);
  return bare(comparison, operand !== null && isConstant(graph, operand));
}

function isConstant(graph: ProjectGraph, from: ResolvedValue): boolean {
  if (isNamedConstant(from.value)) return true;
  const { file, value } = graph.resolve(from.file, from.value);
  if (value.kind === 'array')
    return value.items.length > 0 && value.items.every((item) => isConstant(graph, { file, value: item }));
  return value.kind === 'literal' || (value.kind === 'spread' && isConstant(graph, { file, value: value.value }));
}

/** `OrderStatus.PAID`, `ROLES.admin`. */
function isNamedConstant(value: Value): boolean {
  if (value.kind !== 'reference' || value.to.path.length === 0) return false;
  const { root } = value.to;
  return (
    (root.kind === 'import' || root.kind === 'variable' || root.kind === 'global') &&
    /^[A-Z][A-Z0-9_]*$/.test(value.to.path.at(-1) ?? '')
  );
}
