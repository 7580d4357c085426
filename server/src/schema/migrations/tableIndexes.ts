import type { Location } from '#shared/location.ts';
import type { Dialect } from '../sqlTokens.ts';
import type { PlacedChange, QualifiedName } from './change.ts';
import type { TableIndex } from './sqlIndexes.ts';

export type PlacedIndex = TableIndex & { readonly at: Location };

/** Indexes by table key, as they stand after all changes were made in order. */
export type TableIndexes = ReadonlyMap<string, readonly PlacedIndex[]>;

export interface ReplayOptions {
  readonly dialect: Dialect;
  /** Whether tables of several database schemas are told apart. */
  readonly qualified: boolean;
}

/** Schemas nobody writes: a table in one of them is known by its bare name. */
const DEFAULT_SCHEMAS = new Set(['public', 'dbo', 'main']);

/** One key per table, whether a statement qualifies it or not. */
export function tableKey(name: QualifiedName, qualified: boolean): string {
  const schema = name.at(-2);
  const table = name.at(-1) ?? '';
  return !qualified || schema === undefined || DEFAULT_SCHEMAS.has(schema) ? table : `${schema}.${table}`;
}

/** Makes the changes of all migrations one after the other. */
export function replay(
  files: Iterable<{ readonly file: string; readonly changes: readonly PlacedChange[] }>,
  options: ReplayOptions,
): TableIndexes {
  const tables = new Map<string, readonly PlacedIndex[]>();
  for (const { file, changes } of files) {
    for (const change of changes) apply(tables, change, { file, span: change.span }, options);
  }
  return tables;
}

type Tables = Map<string, readonly PlacedIndex[]>;

function apply(tables: Tables, change: PlacedChange, at: Location, { dialect, qualified }: ReplayOptions): void {
  switch (change.kind) {
    case 'createTable': {
      const key = tableKey(change.table, qualified);
      if (!tables.has(key))
        tables.set(
          key,
          change.indexes.map((index) => ({ ...index, at })),
        );
      break;
    }
    case 'dropTable':
      tables.delete(tableKey(change.table, qualified));
      break;
    case 'renameTable':
      renameTable(
        tables,
        tableKey(change.table, qualified),
        tableKey([...change.table.slice(0, -1), change.to], qualified),
      );
      break;
    case 'createIndex':
      addIndex(tables, tableKey(change.table, qualified), { ...change.index, at });
      break;
    case 'renameColumn':
      updateTable(tables, tableKey(change.table, qualified), (indexes) =>
        indexes.map((index) => withColumn(index, change.column, change.to)),
      );
      break;
    case 'dropColumn':
      updateTable(tables, tableKey(change.table, qualified), (indexes) =>
        withoutColumn(indexes, change.column, dialect),
      );
      break;
    case 'dropPrimaryKey':
      updateTable(tables, tableKey(change.table, qualified), (indexes) =>
        indexes.filter((index) => index.kind !== 'id'),
      );
      break;
    default:
      applyByName(tables, change, qualified);
  }
}

/** Index names are unique in a schema, so a statement may leave the table out. */
function applyByName(
  tables: Tables,
  change: Extract<PlacedChange, { kind: 'dropIndex' | 'renameIndex' | 'promoteIndex' }>,
  qualified: boolean,
): void {
  const only = change.kind === 'dropIndex' && change.table !== null ? tableKey(change.table, qualified) : null;
  for (const key of only === null ? [...tables.keys()] : [only]) {
    const indexes = tables.get(key) ?? [];
    const named = (index: PlacedIndex) => defaultedName(index, key) === change.name;
    if (!indexes.some(named)) continue;
    updateTable(tables, key, (all) => all.flatMap((index) => (named(index) ? changed(index, change) : [index])));
  }
}

function changed(
  index: PlacedIndex,
  change: Extract<PlacedChange, { kind: 'dropIndex' | 'renameIndex' | 'promoteIndex' }>,
): readonly PlacedIndex[] {
  if (change.kind === 'dropIndex') return [];
  if (change.kind === 'renameIndex') return [{ ...index, name: change.to }];
  return [{ ...index, kind: change.as, name: change.to ?? index.name }];
}

/** The name an index without one was given by PostgreSQL and by Prisma. */
export function defaultedName(index: Pick<TableIndex, 'kind' | 'name' | 'fields'>, table: string): string {
  if (index.name !== null) return index.name;
  const bare = table.slice(table.lastIndexOf('.') + 1);
  if (index.kind === 'id') return `${bare}_pkey`;
  const columns = index.fields.map((field) => field.name).join('_');
  return `${bare}_${columns}_${index.kind === 'unique' ? 'key' : 'idx'}`;
}

function renameTable(tables: Tables, from: string, to: string): void {
  const indexes = tables.get(from);
  if (indexes === undefined) return;
  tables.delete(from);
  tables.set(
    to,
    indexes.map((index) => ({ ...index, name: defaultedName(index, from) })),
  );
}

/** A second `CREATE INDEX IF NOT EXISTS` of the same name does nothing. */
function addIndex(tables: Tables, key: string, index: PlacedIndex): void {
  const name = defaultedName(index, key);
  updateTable(tables, key, (indexes) =>
    indexes.some((other) => defaultedName(other, key) === name) ? indexes : [...indexes, index],
  );
}

function updateTable(
  tables: Tables,
  key: string,
  update: (indexes: readonly PlacedIndex[]) => readonly PlacedIndex[],
): void {
  tables.set(key, update(tables.get(key) ?? []));
}

function withColumn(index: PlacedIndex, column: string, to: string): PlacedIndex {
  const mention = new RegExp(`(?<![\\w"\`])(["\`]?)${column.replace(/\W/g, '\\$&')}\\1(?![\\w"\`])`, 'g');
  const renamed = (text: string) => text.replace(mention, (_, quote: string) => quote + to + quote);
  const fields = index.fields.map((field) => {
    if (field.expression) return { ...field, name: renamed(field.name) };
    return field.name === column ? { ...field, name: to } : field;
  });
  return { ...index, fields, where: index.where === null ? null : renamed(index.where) };
}

/** MySQL takes a dropped column out of its indexes, the others drop those indexes. */
function withoutColumn(indexes: readonly PlacedIndex[], column: string, dialect: Dialect): readonly PlacedIndex[] {
  const uses = (index: PlacedIndex) => index.fields.some((field) => !field.expression && field.name === column);
  if (dialect !== 'mysql') return indexes.filter((index) => !uses(index));
  return indexes
    .map((index) => ({ ...index, fields: index.fields.filter((field) => field.expression || field.name !== column) }))
    .filter((index) => index.fields.length > 0);
}
