import { type QueryShape, servesQuery } from '#schema/indexCoverage.ts';
import type { Index, Model, SchemaModel } from '#schema/schemaModel.ts';
import type { ProjectGraph, QuerySite } from '../projectGraph.ts';
import { foreignKeysOf } from './foreignKeys.ts';
import { type Lookup, lookupsOf } from './lookups.ts';
import type { Condition, Filter } from './whereFilter.ts';

/** How a query finds its rows. */
export interface Serving {
  /** Fields it filters by and, where only the first rows are wanted, sorts by; empty where it reads all rows or too little was understood. */
  readonly fields: readonly string[];
  /** Indexes that serve it, best first. */
  readonly indexes: readonly Index[];
}

/** The fields a query looks its rows up by, and the model's indexes that help it. */
export function servingIndexes(graph: ProjectGraph, site: QuerySite): Serving {
  const lookups = lookupsOf(graph, site).filter(({ via }) => via === 'query');
  const shapes = lookups.flatMap((lookup) => shapesOf(lookup));
  const fields = [
    ...new Set(shapes.flatMap(({ equality, range, sort }) => [...equality, ...range, ...sort.map(byField)])),
  ];
  const indexes = site.model ? bestFirst(site.schema, site.model, shapes) : [];
  const unclear = lookups.some(({ filter, sort }) => filter.open || filter.related.length > 0 || !sort.plain);
  return indexes.length === 0 && unclear ? { fields: [], indexes } : { fields, indexes };
}

/** One shape per branch of an `OR`, each with what holds for all of them. */
function shapesOf({ filter, sort, limited }: Lookup): readonly QueryShape[] {
  const keys =
    limited && sort.plain
      ? sort.keys.map(({ field, direction }) => ({ field, direction: direction ?? 'asc' }) as const)
      : [];
  return branchesOf(filter).map((conditions) => ({
    equality: named(conditions, ['equal', 'in', 'null']),
    range: named(conditions, ['range', 'prefix']),
    sort: keys,
    take: keys.length > 0,
    constants: Object.fromEntries(
      conditions.flatMap(({ field, value }) => (value === undefined ? [] : [[field, value] as const])),
    ),
  }));
}

function branchesOf(filter: Filter): readonly (readonly Condition[])[] {
  const branches = filter.either.flat().flatMap((each) => branchesOf(each));
  return branches.length === 0 ? [filter.conditions] : branches.map((each) => [...filter.conditions, ...each]);
}

function named(conditions: readonly Condition[], comparisons: readonly Condition['comparison'][]): readonly string[] {
  return [...new Set(conditions.filter(({ comparison }) => comparisons.includes(comparison)).map(byField))];
}

function byField({ field }: { readonly field: string }): string {
  return field;
}

/** Those that serve a shape in full come before those that only narrow it. */
function bestFirst(schema: SchemaModel, model: Model, shapes: readonly QueryShape[]): readonly Index[] {
  const rated = allIndexes(schema, model).map((index) => {
    const levels = shapes.map((shape) => servesQuery(model, shape, schema.provider, [index]));
    const serving = levels.filter((each) => each.index !== null).map(({ level }) => level);
    return { index, rank: serving.includes('full') ? 2 : serving.includes('prefix') ? 1 : 0 };
  });
  return rated
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ index }) => index);
}

/** MySQL makes an index for each foreign key by itself. */
function allIndexes({ provider, relationMode }: SchemaModel, model: Model): readonly Index[] {
  if (provider !== 'mysql' || relationMode === 'prisma') return model.indexes;
  const made = foreignKeysOf(model).map(({ fields }): Index => {
    const columns = fields.map((name) => ({ name, sort: 'asc', expression: false, operatorClass: null }) as const);
    return { kind: 'index', name: null, fields: columns, method: 'btree', where: null, from: 'database', at: null };
  });
  return [...model.indexes, ...made];
}
