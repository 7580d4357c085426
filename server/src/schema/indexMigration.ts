import { type NewFile, TIMESTAMP } from '#shared/newFile.ts';
import type { Index, Model, Provider, SchemaModel } from './schemaModel.ts';
import { basename, dirname } from './schemaPaths.ts';

/** A statement, and the name it gives an index. */
export interface IndexStatement {
  readonly sql: string;
  readonly name: string;
  /** The schema has to say the name, because the one Prisma would give is taken. */
  readonly isNamed: boolean;
}

/** What makes a new `@@index`, under the name Prisma gives it; null where the database knows no SQL, or a field has no column. */
export function createIndexStatement(
  { provider }: SchemaModel,
  model: Model,
  fields: readonly string[],
): IndexStatement | null {
  const columns = columnsOf(model, fields);
  const dialect = provider === null ? null : DIALECTS[provider];
  if (!dialect || columns.length < fields.length) return null;
  const { create, quote, longest } = dialect;
  const taken = new Set(model.indexes.map((index) => nameOf(model, index, longest)));
  const base = [model.table, ...columns].join('_');
  const names = [SUFFIX, ...FURTHER].map((suffix) => indexName(base, longest, suffix));
  const name = names.find((each) => !taken.has(each));
  if (name === undefined) return null;
  const table = [...dialect.schemaOf(model), model.table].map(quote).join('.');
  const sql = `${create} ${quote(name)} ON ${table}(${columns.map(quote).join(', ')})`;
  return { sql, name, isNamed: name !== names[0] };
}

/** The migration Prisma would write for a new `@@index`, or the next of numbered SQL scripts, of one statement; null where there is no such row to continue. */
export function indexMigration(schema: SchemaModel, model: Model, fields: readonly string[]): NewFile | null {
  const statement = createIndexStatement(schema, model, fields);
  const file = nextMigration(schema, `add_${snakeCase([model.name, ...fields].join('_'))}_index`);
  return statement === null || file === null ? null : { file, text: `${statement.sql};\n` };
}

function nextMigration({ kind, migrations, files }: SchemaModel, name: string): string | null {
  if (kind === 'prisma') return migrations === null ? null : `${migrations}/${TIMESTAMP}_${name}/migration.sql`;
  const last = files.at(-1) ?? '';
  const number = /^\d+/.exec(basename(last))?.[0];
  if (number === undefined || !last.endsWith('.sql')) return null;
  const next = number.length === TIMESTAMP_DIGITS ? TIMESTAMP : `${Number(number) + 1}`.padStart(number.length, '0');
  return [dirname(last), `${next}_${name}.sql`].filter((part) => part !== '').join('/');
}

/** Year to second. */
const TIMESTAMP_DIGITS = 14;

/** The migration that indexes texts by their trigrams in PostgreSQL, and the extension for it; null elsewhere and without migrations. */
export function trigramMigration(schema: SchemaModel, model: Model, fields: readonly string[]): NewFile | null {
  const { migrations, provider } = schema;
  const columns = columnsOf(model, fields);
  if (migrations === null || provider !== 'postgresql' || columns.length < fields.length) return null;
  const { quote, longest, schemaOf } = DIALECTS.postgresql ?? standard;
  const name = indexName([model.table, ...columns].join('_'), longest, SUFFIX);
  const table = [...schemaOf(model), model.table].map(quote).join('.');
  const list = columns.map((column) => `${quote(column)} gin_trgm_ops`).join(', ');
  return {
    file: `${migrations}/${TIMESTAMP}_add_${snakeCase([model.name, ...fields].join('_'))}_trigrams/migration.sql`,
    text: `CREATE EXTENSION IF NOT EXISTS pg_trgm;\n\nCREATE INDEX ${quote(name)} ON ${table} USING GIN (${list});\n`,
  };
}

/** What drops an index again; null where the database knows no SQL, or the index is a constraint's. */
export function dropIndexStatement({ provider }: SchemaModel, model: Model, index: Index): string | null {
  const dialect = provider === null ? null : DIALECTS[provider];
  if (!dialect || (index.kind !== 'index' && !dialect.dropsUnique)) return null;
  return dialect.drop(nameOf(model, index, dialect.longest), model);
}

/** The migration that drops an index again, of one statement; null where the schema has no migrations, or the index is a constraint's. */
export function dropIndexMigration(schema: SchemaModel, model: Model, index: Index): NewFile | null {
  const sql = dropIndexStatement(schema, model, index);
  if (schema.migrations === null || sql === null) return null;
  const names = index.fields.map(({ name }) => name);
  const folder = `${TIMESTAMP}_drop_${snakeCase([model.name, ...names].join('_'))}_index`;
  return { file: `${schema.migrations}/${folder}/migration.sql`, text: `${sql};\n` };
}

interface Dialect {
  readonly create: string;
  readonly quote: (name: string) => string;
  /** Bytes a name may have. */
  readonly longest: number;
  readonly schemaOf: (model: Model) => readonly string[];
  readonly drop: (name: string, model: Model) => string;
  /** Prisma makes an index of a unique key, and no constraint. */
  readonly dropsUnique: boolean;
}

const named = ({ databaseSchema }: Model) => (databaseSchema === null ? [] : [databaseSchema]);
const doubled = (name: string) => `"${name}"`;
const dropNamed =
  (words: string, quote: (name: string) => string) =>
  (name: string, model: Model): string =>
    `${words} ${[...named(model), name].map(quote).join('.')}`;
const standard = {
  create: 'CREATE INDEX',
  quote: doubled,
  longest: 63,
  schemaOf: named,
  drop: dropNamed('DROP INDEX', doubled),
  dropsUnique: true,
};

const backticked = (name: string) => `\`${name}\``;
const bracketed = (name: string) => `[${name}]`;

const DIALECTS: Readonly<Record<Provider, Dialect | null>> = {
  /** Alone in its file a statement runs outside of a transaction, as building beside writes must. */
  postgresql: {
    ...standard,
    create: 'CREATE INDEX CONCURRENTLY',
    drop: dropNamed('DROP INDEX CONCURRENTLY', doubled),
  },
  cockroachdb: { ...standard, dropsUnique: false },
  sqlite: { ...standard, longest: 10_000, schemaOf: () => [], drop: (name) => `DROP INDEX ${doubled(name)}` },
  mysql: {
    ...standard,
    quote: backticked,
    longest: 64,
    drop: (name, { table }) => `DROP INDEX ${backticked(name)} ON ${backticked(table)}`,
  },
  sqlserver: {
    create: 'CREATE NONCLUSTERED INDEX',
    quote: bracketed,
    longest: 128,
    schemaOf: ({ databaseSchema }) => [databaseSchema ?? 'dbo'],
    drop: (name, { table, databaseSchema }) =>
      `DROP INDEX ${bracketed(name)} ON ${[databaseSchema ?? 'dbo', table].map(bracketed).join('.')}`,
    dropsUnique: false,
  },
  mongodb: null,
};

/** Prisma cuts what stands before the suffix where a name would be too long. */
function indexName(base: string, longest: number, suffix: string): string {
  const room = longest - suffix.length;
  return `${
    Buffer.byteLength(base) > room
      ? Buffer.from(base)
          .subarray(0, room)
          .toString()
          .replace(/\uFFFD+$/, '')
      : base
  }${suffix}`;
}

/** As Prisma names it where the schema does not. */
function nameOf(model: Model, index: Index, longest: number): string {
  const columns = columnsOf(
    model,
    index.fields.map(({ name }) => name),
  );
  return index.name ?? indexName([model.table, ...columns].join('_'), longest, SUFFIXES[index.kind]);
}

const SUFFIX = '_idx';
const SUFFIXES = { id: '_pkey', unique: '_key', index: SUFFIX, fulltext: SUFFIX } as const;

/** For an index beside others over the same columns, such as one that holds only a part of the rows. */
const FURTHER = ['_idx1', '_idx2', '_idx3'];

function columnsOf(model: Model, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const field = model.fields.get(name);
    return field === undefined || field.kind === 'relation' ? [] : [field.column];
  });
}

function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
