import fc from 'fast-check';
import type { Model, ScalarField, SchemaModel } from '#schema/schemaModel.ts';
import type { Call } from '#sql/prismaCompiler.ts';
import { both, oneOrMore, someOf } from './arbitraries.ts';
import { createData } from './data.ts';
import { createFilters } from './filters.ts';
import { createSelections } from './selections.ts';
import { scalarsOf } from './shape.ts';

type Args = fc.Arbitrary<Record<string, unknown>>;

/** Calls of every operation on every model of a schema, with arguments made from its fields. */
export function generatedCalls(schema: SchemaModel, depth: number): fc.Arbitrary<Call> {
  const filters = createFilters(schema);
  const { columns, rows } = createSelections(schema, filters);
  const data = createData(schema, filters);
  const named = (model: Model): Args => filters.unique(model).map((where) => ({ where }));
  const alsoFiltered = (model: Model): Args =>
    fc.tuple(filters.where(model, 1), filters.unique(model)).map(([more, where]) => ({ where: { ...more, ...where } }));
  const filtered = (model: Model): Args => someOf({ where: filters.where(model, 2) });
  const withData = (made: Args): Args => made.map((value) => ({ data: value }));
  const plain = (model: Model): Args =>
    someOf(Object.fromEntries(scalarsOf(model).map(({ name }) => [name, fc.constant(true)])), { min: 1 }).chain(
      (select) => fc.constantFrom<Record<string, unknown>>({}, { select }),
    );

  const joins = schema.previewFeatures.includes('relationJoins');
  const strategy = someOf(joins ? { relationLoadStrategy: fc.constantFrom('join', 'query') } : {});

  const operations: Readonly<Record<string, (model: Model) => Args>> = {
    findMany: (model) => both(both(rows(model, depth), columns(model, depth)), strategy),
    findFirst: (model) => both(both(rows(model, depth), columns(model, depth)), strategy),
    findFirstOrThrow: (model) => both(rows(model, 1), columns(model, 1)),
    findUnique: (model) => both(fc.oneof(named(model), alsoFiltered(model)), columns(model, depth)),
    findUniqueOrThrow: (model) => both(named(model), columns(model, depth)),
    count: (model) => both(without('distinct', rows(model, 1)), someOf({ select: counted(model) })),
    aggregate: (model) => both(without('distinct', rows(model, 1)), aggregates(model, 1)),
    groupBy: (model) => groups(model, filters.where(model, 1)),
    create: (model) => both(withData(fc.oneof(data.create(model, 2), data.row(model))), columns(model, 1)),
    createMany: (model) => withData(fc.array(data.row(model), { maxLength: 3 }) as unknown as Args),
    createManyAndReturn: (model) =>
      both(withData(fc.array(data.row(model), { maxLength: 3 }) as unknown as Args), plain(model)),
    update: (model) =>
      both(both(fc.oneof(named(model), alsoFiltered(model)), withData(data.update(model, 2))), columns(model, 1)),
    updateMany: (model) => both(filtered(model), withData(data.change(model))),
    updateManyAndReturn: (model) => both(both(filtered(model), withData(data.change(model))), plain(model)),
    upsert: (model) =>
      both(
        both(named(model), fc.record({ create: data.create(model, 1), update: data.update(model, 1) })),
        columns(model, 1),
      ),
    delete: (model) => both(named(model), columns(model, 1)),
    deleteMany: (model) => filtered(model),
  };
  const names = Object.keys(operations).filter((name) => schema.provider !== 'mysql' || !name.endsWith('AndReturn'));
  const weighed = names.map((name) => ({ weight: name.startsWith('find') ? 3 : 1, arbitrary: fc.constant(name) }));
  return fc
    .tuple(fc.constantFrom(...schema.models.values()), fc.oneof(...weighed))
    .chain(([model, operation]) =>
      (operations[operation]?.(model) ?? fc.constant({})).map((args) => ({ model: model.name, operation, args })),
    );
}

function without(key: string, args: Args): Args {
  return args.map(({ [key]: _, ...rest }) => rest);
}

function counted(model: Model): Args {
  const names = ['_all', ...scalarsOf(model).map(({ name }) => name)];
  return someOf(Object.fromEntries(names.map((name) => [name, fc.constant(true)])), { min: 1 });
}

function aggregates(model: Model, min: number): Args {
  const of = (fields: readonly ScalarField[]) =>
    someOf(Object.fromEntries(fields.map(({ name }) => [name, fc.constant(true)])), { min: 1 });
  const single = scalarsOf(model).filter(({ list, nativeType }) => !list && nativeType !== 'Uuid');
  const numbers = single.filter(({ type }) => ['Int', 'BigInt', 'Float', 'Decimal'].includes(type));
  const ordered = single.filter(({ type }) => !['Json', 'Bytes', 'Boolean'].includes(type));
  return someOf(
    {
      _count: fc.oneof(fc.constant(true), counted(model)),
      _min: of(ordered),
      _max: of(ordered),
      ...(numbers.length > 0 ? { _sum: of(numbers), _avg: of(numbers) } : {}),
    },
    { min },
  );
}

function groups(model: Model, where: Args): Args {
  const names = scalarsOf(model).map(({ name }) => name);
  return fc.subarray(names, { minLength: 1, maxLength: 2 }).chain((by) => {
    const direction = fc.constantFrom('asc', 'desc');
    const byThese = someOf(Object.fromEntries(by.map((name) => [name, direction])), { min: 1, max: 1 });
    const rest = someOf({ where, orderBy: oneOrMore(byThese) });
    const paged = both(
      fc.record({ orderBy: byThese }),
      someOf({ take: fc.integer({ min: 1, max: 3 }), skip: fc.integer({ min: 0, max: 2 }) }),
    );
    const having = someOf(
      Object.fromEntries(by.map((name) => [name, fc.record({ _count: fc.record({ gte: fc.constant(0) }) })])),
      { min: 1, max: 1 },
    ).map((conditions) => ({ having: conditions }));
    const parts = fc.oneof(rest, paged, having);
    return both(fc.constant<Record<string, unknown>>({ by }), both(aggregates(model, 0), parts));
  });
}
