import fc from 'fast-check';
import type { Model, RelationField, ScalarField, SchemaModel } from '#schema/schemaModel.ts';
import { both, oneOf, oneOrMore, someOf } from './arbitraries.ts';
import { keysOf, modelOf, once, relationsOf, scalarsOf } from './shape.ts';
import { elementValue, fieldValue, mayBeNull } from './values.ts';

/** Conditions on a model's rows. */
export interface Filters {
  /** As deep as it says into relations, AND, OR and NOT. */
  where(model: Model, depth: number): fc.Arbitrary<Record<string, unknown>>;
  /** Conditions one row can have at most. */
  unique(model: Model): fc.Arbitrary<Record<string, unknown>>;
}

export function createFilters(schema: SchemaModel): Filters {
  const where = once((model, depth) => someOf(conditions(model, depth)));

  const conditions = (model: Model, depth: number): Record<string, fc.Arbitrary<unknown>> => ({
    ...Object.fromEntries(scalarsOf(model).map((field) => [field.name, scalarFilter(schema, field)])),
    ...(depth > 0 ? { ...relations(model, depth), ...combinations(model, depth) } : {}),
  });

  const relations = (model: Model, depth: number) =>
    Object.fromEntries(relationsOf(model).map((field) => [field.name, relationFilter(field, depth)]));

  const relationFilter = (field: RelationField, depth: number): fc.Arbitrary<unknown> => {
    const inner = where(modelOf(schema, field.type), depth - 1);
    if (field.list) return someOf({ some: inner, every: inner, none: inner }, { min: 1, max: 2 });
    const rows = field.required ? inner : fc.oneof(inner, fc.constant(null));
    return fc.oneof(rows, someOf({ is: rows, isNot: rows }, { min: 1 }));
  };

  const combinations = (model: Model, depth: number) => {
    const inner = where(model, depth - 1);
    return { AND: oneOrMore(inner), OR: fc.array(inner, { maxLength: 3 }), NOT: oneOrMore(inner) };
  };

  return {
    where,
    unique: (model) => uniqueWhere(schema, model),
  };
}

function scalarFilter(schema: SchemaModel, field: ScalarField): fc.Arbitrary<unknown> {
  if (field.list) return listFilter(schema, field);
  if (field.type === 'Json') return jsonFilter(schema, field);
  const value = fieldValue(schema, field);
  const list = fc.array(value, { maxLength: 3 });
  const same = { equals: orNull(field, value), in: list, notIn: list };
  const compared = { lt: value, lte: value, gt: value, gte: value };
  const isText = field.type === 'String' && field.nativeType !== 'Uuid';
  const parts = {
    ...(field.type === 'Boolean' ? { equals: same.equals } : same),
    ...(COMPARED.has(field.type) ? compared : {}),
    ...(isText ? { contains: value, startsWith: value, endsWith: value } : {}),
  };
  const filter = someOf({ ...parts, not: fc.oneof(orNull(field, value), someOf(parts)) }, { max: 2 });
  const anyCase = filter.map((conditions) => ({ ...conditions, mode: 'insensitive' }));
  const ways = isText && schema.provider === 'postgresql' ? fc.oneof(filter, anyCase) : filter;
  return fc.oneof(orNull(field, value), ways, fc.constant(undefined));
}

function listFilter(schema: SchemaModel, field: ScalarField): fc.Arbitrary<unknown> {
  const list = fieldValue(schema, field);
  const has = { has: elementValue(schema, field), hasEvery: list, hasSome: list, isEmpty: fc.boolean() };
  return someOf({ equals: list, ...has }, { min: 1, max: 2 });
}

const COMPARED: ReadonlySet<string> = new Set(['Int', 'BigInt', 'Float', 'Decimal', 'String', 'DateTime']);

function jsonFilter(schema: SchemaModel, field: ScalarField): fc.Arbitrary<unknown> {
  const value = fieldValue(schema, field);
  const text = fc.constantFrom('a', 'x%');
  const path = schema.provider === 'postgresql' ? fc.constantFrom(['a'], ['a', 'b']) : fc.constantFrom('$.a', '$.a.b');
  const inside = someOf(
    {
      equals: value,
      not: value,
      string_contains: text,
      string_starts_with: text,
      string_ends_with: text,
      gt: fc.integer(),
      lte: fc.integer(),
    },
    { min: 1, max: 2 },
  );
  return fc.oneof(
    someOf({ equals: value, not: value }, { min: 1 }),
    both(
      path.map((at): Record<string, unknown> => ({ path: at })),
      inside,
    ),
  );
}

function orNull(field: ScalarField, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return !mayBeNull(field)
    ? value
    : fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });
}

function uniqueWhere(schema: SchemaModel, model: Model): fc.Arbitrary<Record<string, unknown>> {
  const keys = keysOf(model).map(({ name, columns }) => {
    const values = fc.record(Object.fromEntries(columns.map((column) => [column.name, fieldValue(schema, column)])));
    return name === null ? values : values.map((value) => ({ [name]: value }));
  });
  return oneOf(keys) as fc.Arbitrary<Record<string, unknown>>;
}
