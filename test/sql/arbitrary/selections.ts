import fc from 'fast-check';
import type { Model, RelationField, SchemaModel } from '#schema/schemaModel.ts';
import { both, oneOrMore, someOf } from './arbitraries.ts';
import type { Filters } from './filters.ts';
import { modelOf, once, relationsOf, scalarsOf } from './shape.ts';

/** What is read of rows, which of them, and in which order. */
export interface Selections {
  /** `select`, `include`, `omit` or none of them. */
  columns(model: Model, depth: number): fc.Arbitrary<Record<string, unknown>>;
  /** `where`, `orderBy`, `cursor`, `take`, `skip`, `distinct`. */
  rows(model: Model, depth: number): fc.Arbitrary<Record<string, unknown>>;
  /** One order or several. */
  order(model: Model, depth: number): fc.Arbitrary<unknown>;
}

export function createSelections(schema: SchemaModel, filters: Filters): Selections {
  const order = once((model, depth) => oneOrMore(oneOrder(model, depth)));

  const oneOrder = (model: Model, depth: number): fc.Arbitrary<unknown> =>
    someOf({ ...scalarOrders(model), ...(depth > 0 ? relationOrders(model, depth) : {}) }, { min: 1, max: 1 });

  const relationOrders = (model: Model, depth: number) =>
    Object.fromEntries(
      relationsOf(model).map(({ name, list, type }) => [
        name,
        list ? fc.record({ _count: DIRECTION }) : oneOrder(modelOf(schema, type), depth - 1),
      ]),
    );

  const rows = once((model, depth) => {
    const names = scalarsOf(model).map(({ name }) => name);
    return someOf({
      where: filters.where(model, Math.min(depth, 2)),
      orderBy: order(model, Math.min(depth, 2)),
      cursor: filters.unique(model),
      take: fc.integer({ min: -3, max: 3 }),
      skip: fc.integer({ min: 0, max: 2 }),
      distinct: fc.subarray(names, { minLength: 1, maxLength: 2 }),
    });
  });

  const related = (field: RelationField, depth: number): fc.Arbitrary<unknown> => {
    const other = modelOf(schema, field.type);
    const inner = columns(other, depth - 1);
    const args = field.list
      ? both(inner, rows(other, depth - 1))
      : field.required
        ? inner
        : both(inner, someOf({ where: filters.where(other, 0) }));
    return fc.oneof(fc.constant(true), args);
  };

  const counts = (model: Model) => {
    const lists = relationsOf(model).filter(({ list }) => list);
    const each = lists.map(({ name, type }) => [
      name,
      fc.oneof(fc.constant(true), fc.record({ where: filters.where(modelOf(schema, type), 1) })),
    ]);
    const select = someOf(Object.fromEntries(each), { min: 1 }).map((chosen) => ({ select: chosen }));
    return lists.length > 0 ? { _count: fc.oneof(fc.constant(true), select) } : {};
  };

  const columns = once((model, depth): fc.Arbitrary<Record<string, unknown>> => {
    const scalars = Object.fromEntries(scalarsOf(model).map(({ name }) => [name, fc.constant(true)]));
    const relations = () => Object.fromEntries(relationsOf(model).map((field) => [field.name, related(field, depth)]));
    const deeper = depth > 0 ? { ...relations(), ...counts(model) } : {};
    const none = fc.constant<Record<string, unknown>>({});
    const omit = someOf(scalars, { min: 1, max: 2 });
    const select = someOf({ ...scalars, ...deeper }, { min: 1 });
    const include = someOf(deeper, { min: 1, max: 2 });
    return fc.oneof(
      none,
      omit.map((chosen) => ({ omit: chosen })),
      select.map((chosen) => ({ select: chosen })),
      depth > 0 ? include.map((chosen) => ({ include: chosen })) : none,
    );
  });

  return { columns, rows, order };
}

const DIRECTION = fc.constantFrom('asc', 'desc');

function scalarOrders(model: Model): Readonly<Record<string, fc.Arbitrary<unknown>>> {
  const sorted = fc.record({ sort: DIRECTION, nulls: fc.constantFrom('first', 'last') });
  const fields = scalarsOf(model).filter(({ type }) => type !== 'Json');
  return Object.fromEntries(
    fields.map(({ name, required, list }) => [name, required || list ? DIRECTION : fc.oneof(DIRECTION, sorted)]),
  );
}
