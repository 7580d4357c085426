import fc from 'fast-check';
import type { Model, RelationField, ScalarField, SchemaModel } from '#schema/schemaModel.ts';
import { both, oneOf, oneOrMore, someOf } from './arbitraries.ts';
import type { Filters } from './filters.ts';
import { modelOf, oppositeOf, relationsOf, scalarsOf } from './shape.ts';
import { elementValue, fieldValue, freshFieldValue, mayBeNull } from './values.ts';

/** What is written. */
export interface Data {
  /** A new row, and rows beside it as deep as it says. `without` is the relation it is reached by. */
  create(model: Model, depth: number, without?: RelationField): fc.Arbitrary<Record<string, unknown>>;
  /** A new row by its columns alone. */
  row(model: Model): fc.Arbitrary<Record<string, unknown>>;
  update(model: Model, depth: number, without?: RelationField): fc.Arbitrary<Record<string, unknown>>;
  /** Changes of columns alone. */
  change(model: Model): fc.Arbitrary<Record<string, unknown>>;
}

export function createData(schema: SchemaModel, filters: Filters): Data {
  const row: Data['row'] = (model) => columns(model, scalarsOf(model));

  const columns = (model: Model, fields: readonly ScalarField[]): fc.Arbitrary<Record<string, unknown>> => {
    const keys = foreignKeys(model);
    const value = (field: ScalarField) => (keys.has(field.name) ? fieldValue : freshFieldValue)(schema, field);
    const needed = fields.filter(({ required, hasDefault }) => required && !hasDefault);
    const others = fields.filter((field) => !needed.includes(field) && !field.id);
    return both(
      fc.record(Object.fromEntries(needed.map((field) => [field.name, value(field)]))),
      someOf(Object.fromEntries(others.map((field) => [field.name, orNull(field, value(field))])), { max: 2 }),
    );
  };

  /** Rows are named by their relations or by their foreign keys, never by both. */
  const create: Data['create'] = (model, depth, without) => {
    const fields = scalarsOf(model).filter(({ name }) => !foreignKeys(model).has(name));
    const relations = relationsOf(model).filter((field) => field !== without);
    const needed = relations.filter(({ list, required, foreignKey }) => !list && required && foreignKey.length > 0);
    const others = relations.filter((field) => !needed.includes(field));
    const ways = (chosen: readonly RelationField[]) =>
      Object.fromEntries(chosen.map((field) => [field.name, written(model, field, depth)]));
    const rest = depth > 0 ? someOf(ways(others), { max: 1 }) : fc.constant<Record<string, unknown>>({});
    return both(columns(model, fields), both(fc.record(ways(needed)), rest));
  };

  const written = (model: Model, field: RelationField, depth: number): fc.Arbitrary<unknown> => {
    const other = modelOf(schema, field.type);
    const back = oppositeOf(schema, model, field);
    const connect = filters.unique(other);
    if (depth <= 0) return fc.record({ connect: field.list ? oneOrMore(connect) : connect });
    const made = fc.oneof(create(other, depth - 1, back));
    const either = fc.record({ where: connect, create: made });
    const ways = field.list
      ? { connect: oneOrMore(connect), create: oneOrMore(made), connectOrCreate: oneOrMore(either) }
      : { connect, create: made, connectOrCreate: either };
    return someOf(ways, { min: 1, max: field.list ? 2 : 1 });
  };

  const change: Data['change'] = (model) => {
    const fields = scalarsOf(model).filter(({ name, id }) => !id && !foreignKeys(model).has(name));
    return someOf(Object.fromEntries(fields.map((field) => [field.name, changed(schema, field)])), { max: 2 });
  };

  const update: Data['update'] = (model, depth, without) => {
    if (depth <= 0) return change(model);
    const relations = relationsOf(model).filter((field) => field !== without);
    const ways = relations.map((field) => [field.name, rewritten(model, field, depth)]);
    return both(change(model), someOf(Object.fromEntries(ways), { max: 1 }));
  };

  const rewritten = (model: Model, field: RelationField, depth: number): fc.Arbitrary<unknown> => {
    const other = modelOf(schema, field.type);
    const back = oppositeOf(schema, model, field);
    const [connect, where] = [filters.unique(other), filters.where(other, 0)];
    const made = create(other, depth - 1, back);
    const data = update(other, depth - 1, back);
    const loose = field.list ? back?.list === true || back?.required === false : !field.required;
    if (field.list) {
      const ways = {
        connect: oneOrMore(connect),
        create: oneOrMore(made),
        update: oneOrMore(fc.record({ where: connect, data })),
        updateMany: oneOrMore(fc.record({ where, data: change(other) })),
        upsert: fc.record({ where: connect, create: made, update: data }),
        delete: oneOrMore(connect),
        deleteMany: oneOrMore(where),
        ...(loose ? { disconnect: oneOrMore(connect), set: fc.array(connect, { maxLength: 2 }) } : {}),
      };
      return someOf(ways, { min: 1, max: 2 });
    }
    const changes = fc.oneof(data, fc.record({ where, data }));
    const gone = fc.oneof(fc.constant(true), where);
    const ways = {
      connect,
      create: made,
      update: changes,
      upsert: fc.record({ create: made, update: data }),
      ...(loose ? { disconnect: gone, delete: gone } : {}),
    };
    return someOf(ways, { min: 1, max: 1 });
  };

  return { create, row, update, change };
}

function changed(schema: SchemaModel, field: ScalarField): fc.Arbitrary<unknown> {
  const value = orNull(field, freshFieldValue(schema, field));
  const numeric = ['Int', 'BigInt', 'Float', 'Decimal'].includes(field.type) && !field.list;
  const number = fc.integer({ min: 1, max: 3 });
  const sum = someOf({ increment: number, decrement: number, multiply: number }, { min: 1, max: 1 });
  const set = value.map((set) => ({ set }));
  const push = elementValue(schema, field).map((push) => ({ push }));
  return oneOf([
    value,
    ...(field.type === 'Json' ? [] : [set]),
    ...(numeric ? [sum] : []),
    ...(field.list ? [push] : []),
  ]);
}

function foreignKeys(model: Model): ReadonlySet<string> {
  return new Set(relationsOf(model).flatMap(({ foreignKey }) => foreignKey));
}

function orNull(field: ScalarField, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return mayBeNull(field) ? fc.oneof(value, fc.constant(null)) : value;
}
