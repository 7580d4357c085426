import { COLUMN_TYPES, type TableDialect } from './columnTypes.ts';
import type { EnumModel, Field, Index, Model, ScalarField, SchemaModel } from './schemaModel.ts';

/** SQL that builds a schema's database as far as plans depend on it, one statement each. */
export interface TableScript {
  /** Each must work. */
  readonly tables: readonly string[];
  /** Indexes and foreign keys. Some may ask for what a plain server has not, such as an extension; the others are worth having without them. */
  readonly indexes: readonly string[];
}

/** Tables, keys and indexes (those of migrations too), and for PostgreSQL foreign keys, which tell it how many rows a join gives; no defaults. */
export function tableScript(schema: SchemaModel, dialect: TableDialect): TableScript {
  const models = [...schema.models.values()];
  const named = dialect === 'postgresql' ? schemasOf(models) : [];
  const joins = joinTables(schema);
  return {
    tables: [
      ...named.filter((name) => name !== PUBLIC).map((name) => `CREATE SCHEMA ${quote(name)}`),
      ...named.flatMap((name) => [...schema.enums.values()].map((each) => enumType(name, each))),
      ...models.map((model) => createTable(schema, model, dialect)),
      ...joins.map((join) => createJoinTable(join, dialect)),
    ],
    indexes: [
      ...models.flatMap((model) => model.indexes.flatMap((index) => createIndex(model, index, dialect))),
      ...joins.flatMap((join) => joinIndexes(join, dialect)),
      ...(dialect === 'postgresql' && schema.relationMode === 'foreignKeys'
        ? [...models.flatMap((model) => foreignKeys(schema, model)), ...joins.flatMap(joinForeignKeys)]
        : []),
    ],
  };
}

/** The tables of a schema, those behind implicit many-to-many relations too. */
export function tableNames(schema: SchemaModel): ReadonlySet<string> {
  return new Set([
    ...[...schema.models.values()].map(({ table }) => table),
    ...joinTables(schema).map(({ table }) => table),
  ]);
}

const PUBLIC = 'public';

function schemasOf(models: readonly Model[]): readonly string[] {
  return [...new Set(models.map(({ databaseSchema }) => databaseSchema ?? PUBLIC))];
}

function enumType(schema: string, { databaseName, values }: EnumModel): string {
  const labels = values.map((value) => `'${value.replaceAll("'", "''")}'`);
  return `CREATE TYPE ${quote(schema)}.${quote(databaseName)} AS ENUM (${labels.join(', ')})`;
}

function createTable(schema: SchemaModel, model: Model, dialect: TableDialect): string {
  const key = model.indexes.find(({ kind }) => kind === 'id');
  const columns = scalarsOf(model).map(
    (field) => `${quote(field.column)} ${columnType(schema, model, field, dialect)}`,
  );
  const primary = key ? [`PRIMARY KEY (${columnsOf(model, key).map(quote).join(', ')})`] : [];
  return `CREATE TABLE ${place(model, model.table, dialect)} (${[...columns, ...primary].join(', ')})`;
}

function columnType(schema: SchemaModel, model: Model, field: ScalarField, dialect: TableDialect): string {
  const enumeration = schema.enums.get(field.type);
  const type =
    enumeration && dialect === 'postgresql'
      ? `${quote(model.databaseSchema ?? PUBLIC)}.${quote(enumeration.databaseName)}`
      : COLUMN_TYPES[dialect](field);
  const many = field.list && dialect === 'postgresql' ? '[]' : '';
  return `${type}${many}${field.required ? ' NOT NULL' : ''}`;
}

function createIndex(model: Model, index: Index, dialect: TableDialect): readonly string[] {
  const { kind, method, where, fields } = index;
  if (kind === 'id' || kind === 'fulltext') return [];
  const columns = fields.map(({ name, sort, expression, operatorClass }) => {
    const column = columnOf(model, name);
    const written = expression || column === null ? `(${name})` : quote(column);
    const opclass = operatorClass && dialect === 'postgresql' ? ` ${operatorClass}` : '';
    return `${written}${opclass}${sort === 'desc' ? ' DESC' : ''}`;
  });
  const using = dialect === 'postgresql' && method !== 'btree' ? ` USING ${method}` : '';
  const unique = kind === 'unique' ? 'UNIQUE ' : '';
  const on = `${place(model, model.table, dialect)}${using} (${columns.join(', ')})`;
  return [`CREATE ${unique}INDEX ${quote(indexName(model, index))} ON ${on}${where === null ? '' : ` WHERE ${where}`}`];
}

/** As Prisma names it where the schema does not. */
function indexName(model: Model, index: Index): string {
  return index.name ?? [model.table, ...columnsOf(model, index), index.kind === 'unique' ? 'key' : 'idx'].join('_');
}

/** A table behind an implicit many-to-many relation, in the database schema of `model`. */
interface JoinTable {
  readonly model: Model;
  readonly table: string;
  /** What its columns `A` and `B` point to. */
  readonly ends: readonly [End, End];
}

interface End {
  readonly model: Model;
  readonly id: ScalarField;
}

function joinTables(schema: SchemaModel): readonly JoinTable[] {
  const found = new Map<string, JoinTable>();
  for (const model of schema.models.values()) {
    for (const field of model.fields.values()) {
      const other = field.kind === 'relation' ? schema.models.get(field.type) : undefined;
      if (field.kind !== 'relation' || !other || !isManyToMany(model, field, other)) continue;
      const [a, b] = model.name <= other.name ? [model, other] : [other, model];
      const [first, second] = [endOf(a), endOf(b)];
      if (first && second) {
        found.set(field.relationName, { model: a, table: `_${field.relationName}`, ends: [first, second] });
      }
    }
  }
  return [...found.values()];
}

function isManyToMany(model: Model, field: Field, other: Model): boolean {
  if (field.kind !== 'relation' || !field.list) return false;
  return [...other.fields.values()].some(
    (back) =>
      back.kind === 'relation' &&
      back !== field &&
      back.list &&
      back.type === model.name &&
      back.relationName === field.relationName,
  );
}

function endOf(model: Model): End | null {
  const id = scalarsOf(model).find((field) => field.id);
  return id ? { model, id } : null;
}

function createJoinTable({ model, table, ends }: JoinTable, dialect: TableDialect): string {
  const [a, b] = ends.map(({ id }) => COLUMN_TYPES[dialect](id));
  return `CREATE TABLE ${place(model, table, dialect)} ("A" ${a} NOT NULL, "B" ${b} NOT NULL)`;
}

function joinIndexes({ model, table }: JoinTable, dialect: TableDialect): readonly string[] {
  const on = place(model, table, dialect);
  const pair =
    dialect === 'sqlite'
      ? `CREATE UNIQUE INDEX ${quote(`${table}_AB_unique`)} ON ${on} ("A", "B")`
      : `ALTER TABLE ${on} ADD CONSTRAINT ${quote(`${table}_AB_pkey`)} PRIMARY KEY ("A", "B")`;
  return [pair, `CREATE INDEX ${quote(`${table}_B_index`)} ON ${on} ("B")`];
}

function foreignKeys(schema: SchemaModel, model: Model): readonly string[] {
  return [...model.fields.values()].flatMap((field) => {
    const other = field.kind === 'relation' ? schema.models.get(field.type) : undefined;
    if (field.kind !== 'relation' || !other || field.foreignKey.length === 0) return [];
    const own = field.foreignKey.map((name) => columnOf(model, name) ?? name);
    const theirs = field.references.map((name) => columnOf(other, name) ?? name);
    return [foreignKey(place(model, model.table, 'postgresql'), own, other, theirs)];
  });
}

function joinForeignKeys({ model, table, ends }: JoinTable): readonly string[] {
  return ends.map((end, at) =>
    foreignKey(place(model, table, 'postgresql'), [at === 0 ? 'A' : 'B'], end.model, [end.id.column]),
  );
}

function foreignKey(table: string, columns: readonly string[], other: Model, theirs: readonly string[]): string {
  const list = (names: readonly string[]) => names.map(quote).join(', ');
  return `ALTER TABLE ${table} ADD FOREIGN KEY (${list(columns)}) REFERENCES ${place(other, other.table, 'postgresql')} (${list(theirs)})`;
}

function scalarsOf(model: Model): readonly ScalarField[] {
  return [...model.fields.values()].filter((field) => field.kind !== 'relation');
}

function columnsOf(model: Model, { fields }: Index): readonly string[] {
  return fields.map(({ name }) => columnOf(model, name) ?? name);
}

function columnOf(model: Model, name: string): string | null {
  const field = model.fields.get(name);
  return field && field.kind !== 'relation' ? field.column : null;
}

function place(model: Model, table: string, dialect: TableDialect): string {
  return dialect === 'sqlite' ? quote(table) : `${quote(model.databaseSchema ?? PUBLIC)}.${quote(table)}`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
