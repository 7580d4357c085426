import type { Field } from '#schema/schemaModel.ts';
import type { Value } from '#syntax/values.ts';
import { objectKeys } from './objectKeys.ts';
import { possibleValues } from './possibleValues.ts';
import type { ProjectGraph, ResolvedValue } from './projectGraph.ts';

/**
 * How a column is compared, seen from an index: `equal`, `in` and `null` find their place in it, `range` and `prefix` a stretch of it;
 * `search` (contains, case-insensitive, lists, JSON) and `exclude` (not, notIn) cannot use one, `unknown` was not understood.
 */
export type Comparison = 'equal' | 'in' | 'null' | 'range' | 'prefix' | 'search' | 'exclude' | 'unknown';

export interface ColumnComparison {
  readonly comparison: Comparison;
  /** Compared with something written in the code, so it takes few different values. */
  readonly constant: boolean;
  /** That value, where it is a plain one. */
  readonly value?: Literal;
  /** Prisma leaves the condition out when the value is undefined. */
  readonly missing: boolean;
}

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
  const { values, open } = possibleValues(graph, value);
  const present = values.filter((each) => each.value.kind !== 'undefined');
  const missing = present.length < values.length;
  if (present.length === 0) return open ? [{ comparison: plainForm(field), constant: false, missing }] : [];
  const each = present.map((one) => ofValue(graph, field, one));
  const several = missing || each.length > 1;
  return each.flat().map((one) => ({ ...one, missing: several && (missing || !sameEverywhere(each, one)) }));
}

type Bare = Omit<ColumnComparison, 'missing'>;

function sameEverywhere(each: readonly (readonly Bare[])[], one: Bare): boolean {
  return each.every((list) => list.some((other) => other.comparison === one.comparison));
}

function ofValue(graph: ProjectGraph, field: Field, { file, value }: ResolvedValue): readonly Bare[] {
  if (value.kind === 'literal') return [ofLiteral(value.value)];
  if (value.kind === 'object') return ofOperators(graph, { file, value });
  const known = graph.resolve(file, value);
  if (known.value.kind === 'object') return ofOperators(graph, { file, value });
  if (field.list) return [{ comparison: 'search', constant: false }];
  return [{ comparison: plainForm(field), constant: isNamedConstant(value) }];
}

function ofLiteral(value: Literal | bigint): Bare {
  const literal = typeof value === 'bigint' ? Number(value) : value;
  return { comparison: literal === null ? 'null' : 'equal', constant: true, value: literal };
}

/** A bare name is an equality, but moments are hardly ever looked up by their exact value: the name holds a range. */
function plainForm(field: Field): Comparison {
  return field.type === 'DateTime' ? 'unknown' : field.type === 'Json' ? 'search' : 'equal';
}

function ofOperators(graph: ProjectGraph, object: ResolvedValue): readonly Bare[] {
  const { keys } = objectKeys(graph, object);
  const insensitive = keys.has('mode');
  const found: Bare[] = [];
  for (const [key, { values }] of keys) {
    const comparison = OPERATORS[key];
    const operand = values[0] ? graph.resolve(values[0].file, values[0].value).value : null;
    if (!comparison || operand?.kind === 'undefined') continue;
    if (found.some((each) => each.comparison === comparison)) continue;
    found.push(insensitive ? { comparison: 'search', constant: false } : withOperand(comparison, operand));
  }
  return found.length > 0 ? found : [{ comparison: 'unknown', constant: false }];
}

function withOperand(comparison: Comparison, operand: Value | null): Bare {
  if (comparison === 'equal' && operand?.kind === 'literal') return ofLiteral(operand.value);
  const constant = operand !== null && isConstant(operand);
  return { comparison, constant };
}

function isConstant(value: Value): boolean {
  if (value.kind === 'literal') return true;
  if (value.kind === 'array') return value.items.length > 0 && value.items.every(isConstant);
  return isNamedConstant(value);
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
