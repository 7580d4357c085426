import { type KnownValues, pinnedByPredicate, predicateHolds } from './predicate.ts';
import type { Index, IndexField, Model, Provider, RelationField, SchemaModel } from './schemaModel.ts';

/** What a query asks of one model, in field names. */
export interface QueryShape {
  /** Fields held to one value or to an `in` list. */
  readonly equality: readonly string[];
  /** Fields held between bounds: `gt`, `lt`, `startsWith`. */
  readonly range: readonly string[];
  readonly sort: readonly SortField[];
  /** Whether a limit lets the database stop early. */
  readonly take: boolean;
  /** Values of equality fields where the code names them: they decide whether a partial index applies. */
  readonly constants?: KnownValues;
}

export interface SortField {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
  /** Set when the query says where nulls go, which no index of a Prisma schema can follow. */
  readonly nulls?: 'first' | 'last';
}

export interface Served {
  /** `full`: an index finds the rows and their order; `prefix`: it narrows and the rest is read and filtered; `none`: all rows are read. */
  readonly level: 'full' | 'prefix' | 'none';
  /** Null when nothing serves, or when there is nothing to serve. */
  readonly index: Index | null;
}

export interface LookupOptions {
  /** Ask for an index that begins with all the fields; without it one leading field is enough. */
  readonly all?: boolean;
  readonly constants?: KnownValues;
}

/** The best index for a whole query, and how far it serves; `among` are the indexes of the model that count. */
export function servesQuery(
  model: Model,
  shape: QueryShape,
  provider: Provider | null = null,
  among: readonly Index[] = model.indexes,
): Served {
  if (shape.equality.length + shape.range.length === 0 && !(shape.take && shape.sort.length > 0)) {
    return { level: 'full', index: null };
  }
  let best: Served = { level: 'none', index: null };
  for (const index of usableIndexes(model, shape, among)) {
    const level = levelOf(index, behindPredicate(model, index, shape), sortableFields(model, index, provider));
    if (LEVELS.indexOf(level) > LEVELS.indexOf(best.level)) best = { level, index };
  }
  return best;
}

/** An index a lookup by these fields can use, or null: every equality field may come first, in any order. */
export function servesLookup(
  model: Model,
  provider: Provider | null,
  equality: readonly string[],
  options: LookupOptions = {},
): Index | null {
  if (equality.length === 0) return null;
  const { constants = {}, all = false } = options;
  const { level, index } = servesQuery(model, { equality, range: [], sort: [], take: false, constants }, provider);
  return level === 'full' || (level === 'prefix' && !all) ? index : null;
}

/** True when equality on these fields leaves at most one row. */
export function pinsUniqueKey(model: Model, equality: readonly string[], constants: KnownValues = {}): boolean {
  const shape = { equality, range: [], sort: [], take: false, constants };
  return usableIndexes(model, shape).some((index) => isPinned(index, shape));
}

/** True when reading the children of a row, or checking them on delete, finds an index on the side that holds the foreign key. */
export function foreignKeyServed(
  model: Model,
  relation: RelationField,
  schema: Pick<SchemaModel, 'provider' | 'relationMode'>,
): boolean {
  if (relation.foreignKey.length === 0) return true;
  if (schema.provider === 'mysql' && schema.relationMode === 'foreignKeys') return true;
  return servesLookup(model, schema.provider, relation.foreignKey, { all: true }) !== null;
}

const LEVELS: readonly Served['level'][] = ['none', 'prefix', 'full'];

/** Methods that answer equality, and of those the ones that keep an order. */
const EQUALITY_METHODS = new Set(['btree', 'hash']);

function usableIndexes(model: Model, shape: QueryShape, among: readonly Index[] = model.indexes): readonly Index[] {
  return among.filter(
    (index) =>
      index.kind !== 'fulltext' &&
      (EQUALITY_METHODS.has(index.method) || (index.method === 'brin' && shape.range.length > 0)) &&
      holdsRowsOf(model, index, shape),
  );
}

/** What is left to ask of the rows of a partial index. */
function behindPredicate(model: Model, { where, fields }: Index, shape: QueryShape): QueryShape {
  if (where === null) return shape;
  const held = fields.map(({ name }) => name);
  const pinned = pinnedByPredicate(where, model).filter((field) => !held.includes(field));
  return { ...shape, equality: shape.equality.filter((field) => !pinned.includes(field)) };
}

/** Whether the rows a query asks for are all among those of an index. */
export function holdsRowsOf(
  model: Model,
  { where }: Index,
  { equality, range, constants = {} }: Pick<QueryShape, 'equality' | 'range' | 'constants'>,
): boolean {
  return where === null || predicateHolds(where, model, { notNull: [...equality, ...range], constants });
}

function levelOf(index: Index, shape: QueryShape, fields: readonly IndexField[]): Served['level'] {
  if (isPinned(index, shape)) return 'full';
  const pinned = new Set(shape.equality);
  const used = leadingCount(fields, (field) => pinned.has(field.name));
  if (index.method === 'hash') return hashLevel(index, shape, used);
  const next = fields[used];
  const ranged = next !== undefined && !next.expression && shape.range.includes(next.name);
  if (index.method === 'brin') return ranged && used === 0 ? 'prefix' : 'none';
  if (used < pinned.size) return used > 0 || ranged ? 'prefix' : 'none';
  const sorted = shape.take && followsSort(fields.slice(used), openSort(shape));
  const needsSort = shape.take && openSort(shape).length > 0;
  if (sorted || (ranged && !needsSort) || (ranged && pinned.size > 0)) return 'full';
  if (used > 0 && shape.range.length === 0 && !needsSort) return 'full';
  return used > 0 || ranged ? 'prefix' : 'none';
}

/** Every field of a unique key is held to a value; a null counts as many rows, for uniqueness does not bind nulls. */
function isPinned(index: Index, shape: QueryShape): boolean {
  if (index.kind !== 'id' && index.kind !== 'unique') return false;
  return index.fields.every(
    (field) => !field.expression && shape.equality.includes(field.name) && shape.constants?.[field.name] !== null,
  );
}

/** A hash index answers equality on exactly its fields and knows no order. */
function hashLevel(index: Index, shape: QueryShape, used: number): Served['level'] {
  if (used < index.fields.length) return 'none';
  const more = shape.equality.length > used || shape.range.length > 0 || (shape.take && openSort(shape).length > 0);
  return more ? 'prefix' : 'full';
}

function leadingCount(fields: readonly IndexField[], wanted: (field: IndexField) => boolean): number {
  const seen = fields.findIndex((field) => field.expression || !wanted(field));
  return seen === -1 ? fields.length : seen;
}

/** The sort that is left after fields with a single value are taken out. */
function openSort(shape: QueryShape): readonly SortField[] {
  return shape.sort.filter(({ field }) => !shape.equality.includes(field));
}

/** An index is read forwards or backwards as a whole: all directions agree with it or all are turned. */
function followsSort(fields: readonly IndexField[], sort: readonly SortField[]): boolean {
  if (sort.length === 0 || sort.length > fields.length || sort.some(({ nulls }) => nulls !== undefined)) return false;
  const turned = sort[0]?.direction !== fields[0]?.sort;
  return sort.every(({ field, direction }, at) => {
    const own = fields[at];
    if (own === undefined || own.expression || own.name !== field || own.operatorClass !== null) return false;
    return (own.sort !== direction) === turned;
  });
}

function sortableFields(model: Model, index: Index, provider: Provider | null): readonly IndexField[] {
  return index.kind === 'id' ? index.fields : [...index.fields, ...impliedFields(model, provider)];
}

/** What every index but the primary key ends with unasked: InnoDB keeps the key there, SQLite its integer key. They order the rest. */
export function impliedFields(model: Model, provider: Provider | null): readonly IndexField[] {
  const id = model.indexes.find(({ kind }) => kind === 'id')?.fields ?? [];
  const rowId = id.length === 1 && model.fields.get(id[0]?.name ?? '')?.type === 'Int';
  return provider === 'mysql' || (provider === 'sqlite' && rowId) ? id : [];
}
