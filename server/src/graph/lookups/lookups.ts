import type { Model, RelationField, SchemaModel } from '#schema/schemaModel.ts';
import { objectKeys } from '../objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '../projectGraph.ts';
import { type ForeignKey, keyOfChildren, keysPointingAt } from './foreignKeys.ts';
import { readSortOrder, type SortOrder, UNSORTED } from './sortOrder.ts';
import { type Filter, NO_FILTER, readFilters } from './whereFilter.ts';

/** One way a query site makes the database find rows of one model. */
export interface Lookup {
  readonly site: QuerySite;
  readonly model: Model;
  readonly filter: Filter;
  readonly sort: SortOrder;
  /** Only the first rows of the order are wanted. */
  readonly limited: boolean;
  /**
   * `query`: the model the call names. `children`: rows of an include, of a nested write or a fluent step. `delete`: rows the database
   * must find because the row they point at goes away.
   */
  readonly via: 'query' | 'children' | 'delete';
  /** The foreign key by which rows are found, for all but `query`. */
  readonly key: ForeignKey | null;
}

/** Every lookup a site makes, its includes, nested writes and deletions included; none for raw SQL. */
export function lookupsOf(graph: ProjectGraph, site: QuerySite): readonly Lookup[] {
  const { model } = site;
  if (!model) return [];
  const args = readArguments(graph, site.args ? { file: site.file, value: site.args } : null);
  const single = /^(findUnique|findFirst|update$|upsert|delete$|create$)/.test(site.operation);
  return [
    ...ownLookups(graph, site, model, args),
    ...childLookups(graph, site, model, args, single, 0),
    ...nestedWrites(graph, site, model, args),
    ...fluentLookups(site, model),
    ...deleteLookups(site, model),
  ];
}

type Arguments = (key: string) => readonly ResolvedValue[];

function readArguments(graph: ProjectGraph, from: ResolvedValue | null): Arguments {
  const { keys } = objectKeys(graph, from);
  return (key) => keys.get(key)?.values ?? [];
}

/** Deepest include followed. */
const MAX_DEPTH = 5;

function ownLookups(graph: ProjectGraph, site: QuerySite, model: Model, args: Arguments): readonly Lookup[] {
  if (/^create/.test(site.operation)) return [];
  const first = /^findFirst/.test(site.operation);
  const limited = first || args('take').length > 0;
  const sort = pagedOrder(sortOf(graph, model, args), args);
  const found = { site, model, sort, limited, via: 'query', key: null } as const;
  return filtersIn(graph, site, model, args).map((filter) => ({ ...found, filter }));
}

/** Behind a cursor an order by several columns becomes alternatives, at which no index begins: it is read from its start. */
function pagedOrder(sort: SortOrder, args: Arguments): SortOrder {
  return sort.keys.length > 1 && args('cursor').length > 0 ? { ...sort, plain: false } : sort;
}

function sortOf(graph: ProjectGraph, model: Model, args: Arguments): SortOrder {
  const [orderBy, another] = args('orderBy');
  return { ...readSortOrder(graph, model, orderBy ?? null), ...(another ? { plain: false } : {}) };
}

function filtersIn(graph: ProjectGraph, site: QuerySite, model: Model, args: Arguments): readonly Filter[] {
  const where = args('where');
  const filters = where.flatMap((each) => readFilters(graph, site.schema, model, each));
  return filters.length > 0 ? filters : [where.length > 0 ? { ...NO_FILTER, open: true } : NO_FILTER];
}

function childLookups(
  graph: ProjectGraph,
  site: QuerySite,
  model: Model,
  args: Arguments,
  single: boolean,
  depth: number,
): readonly Lookup[] {
  if (depth > MAX_DEPTH) return [];
  const found: Lookup[] = [];
  for (const asked of [...args('include'), ...args('select')]) {
    for (const [name, { values }] of objectKeys(graph, asked).keys) {
      const [value] = values;
      if (!value || isOff(graph, value)) continue;
      const relation = model.fields.get(name);
      if (name === '_count') found.push(...countLookups(graph, site, model, value, depth === 0 ? args : null));
      else if (relation?.kind === 'relation')
        found.push(...behindRelation(graph, site, model, relation, value, single, depth));
    }
  }
  return found;
}

function behindRelation(
  graph: ProjectGraph,
  site: QuerySite,
  model: Model,
  relation: RelationField,
  asked: ResolvedValue,
  single: boolean,
  depth: number,
): readonly Lookup[] {
  const other = site.schema.models.get(relation.type);
  if (!other) return [];
  const args = readArguments(graph, asked);
  const key = keyOfChildren(site.schema, model, relation);
  const inner = childLookups(graph, site, other, args, single && !relation.list, depth + 1);
  if (!key) return inner;
  const limited = single && args('take').length > 0;
  const sort = sortOf(graph, other, args);
  const children = filtersIn(graph, site, other, args).map(
    (filter): Lookup => ({ site, model: other, filter, sort, limited, via: 'children', key }),
  );
  return [...children, ...inner];
}

/**
 * To count the rows of a relation, Prisma groups those of the whole table, whatever the index. It looks them up where it joins in the
 * database, and where PostgreSQL carries the one row that is asked for into the grouping.
 */
function countLookups(
  graph: ProjectGraph,
  site: QuerySite,
  model: Model,
  count: ResolvedValue,
  args: Arguments | null,
): readonly Lookup[] {
  const [select] = readArguments(graph, count)('select');
  if (!select) return [];
  const walks = [...objectKeys(graph, select).keys.keys()].flatMap((name) => walkOf(site, model, name));
  if (joinsInDatabase(site.schema)) return walks;
  if (site.schema.provider !== 'postgresql' || !args) return [];
  const filters = filtersIn(graph, site, model, args);
  return walks.filter(({ key }) =>
    filters.every((filter) => key?.relation.references.every((name) => pins(filter, name))),
  );
}

/** Relations are joined by the database and not by the client. */
function joinsInDatabase({ previewFeatures, provider }: SchemaModel): boolean {
  return previewFeatures.includes('relationJoins') && provider !== 'sqlite' && provider !== 'sqlserver';
}

function pins({ conditions }: Filter, name: string): boolean {
  return conditions.some(({ field, comparison, optional }) => field === name && comparison === 'equal' && !optional);
}

const WALKING_WRITES = /^(set|disconnect|delete|deleteMany|update|updateMany|upsert)$/;

/** `data: { items: { deleteMany: {} } }` finds the children first. */
function nestedWrites(graph: ProjectGraph, site: QuerySite, model: Model, args: Arguments): readonly Lookup[] {
  if (!/^(update|upsert)/.test(site.operation)) return [];
  return [...args('data'), ...args('update')].flatMap((data) =>
    [...objectKeys(graph, data).keys].flatMap(([name, { values }]) => {
      const walks = values.some((value) => [...objectKeys(graph, value).keys.keys()].some(isWalking));
      return walks ? walkOf(site, model, name) : [];
    }),
  );
}

function isWalking(operation: string): boolean {
  return WALKING_WRITES.test(operation);
}

/** `findUnique(…).author().posts()`. */
function fluentLookups(site: QuerySite, model: Model): readonly Lookup[] {
  const found: Lookup[] = [];
  let from: Model | undefined = model;
  for (const name of site.fluent) {
    if (!from) return found;
    found.push(...walkOf(site, from, name));
    from = site.schema.models.get(from.fields.get(name)?.type ?? '');
  }
  return found;
}

function deleteLookups(site: QuerySite, model: Model): readonly Lookup[] {
  if (!/^delete/.test(site.operation)) return [];
  return keysPointingAt(site.schema, model).map((key) => walk(site, key, 'delete'));
}

function walkOf(site: QuerySite, model: Model, name: string): readonly Lookup[] {
  const relation = model.fields.get(name);
  const key = relation?.kind === 'relation' ? keyOfChildren(site.schema, model, relation) : null;
  return key ? [walk(site, key, 'children')] : [];
}

function walk(site: QuerySite, key: ForeignKey, via: 'children' | 'delete'): Lookup {
  return { site, model: key.model, filter: NO_FILTER, sort: UNSORTED, limited: false, via, key };
}

function isOff(graph: ProjectGraph, given: ResolvedValue): boolean {
  const { value } = graph.resolve(given.file, given.value);
  return value.kind === 'undefined' || (value.kind === 'literal' && value.value === false);
}
