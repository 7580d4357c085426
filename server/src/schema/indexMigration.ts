import type { NewFile } from '#shared/finding.ts';
import { TIMESTAMP } from '#shared/finding.ts';
import type { Model, Provider, SchemaModel } from './schemaModel.ts';

/** The migration Prisma would write for a new `@@index`, of one statement; null where the schema has no migrations of Prisma's. */
export function indexMigration(schema: SchemaModel, model: Model, fields: readonly string[]): NewFile | null {
  const { migrations, provider } = schema;
  const columns = fields.flatMap((name) => {
    const field = model.fields.get(name);
    return field === undefined || field.kind === 'relation' ? [] : [field.column];
  });
  const dialect = provider === null ? null : DIALECTS[provider];
  if (migrations === null || !dialect || columns.length < fields.length) return null;
  const { create, quote, longest } = dialect;
  const name = indexName([model.table, ...columns].join('_'), longest);
  const table = [...dialect.schemaOf(model), model.table].map(quote).join('.');
  const folder = `${TIMESTAMP}_add_${snakeCase([model.name, ...fields].join('_'))}_index`;
  return {
    file: `${migrations}/${folder}/migration.sql`,
    text: `${create} ${quote(name)} ON ${table}(${columns.map(quote).join(', ')});\n`,
  };
}

interface Dialect {
  readonly create: string;
  readonly quote: (name: string) => string;
  /** Bytes a name may have. */
  readonly longest: number;
  readonly schemaOf: (model: Model) => readonly string[];
}

const named = ({ databaseSchema }: Model) => (databaseSchema === null ? [] : [databaseSchema]);
const standard = { create: 'CREATE INDEX', quote: (name: string) => `"${name}"`, longest: 63, schemaOf: named };

const DIALECTS: Readonly<Record<Provider, Dialect | null>> = {
  /** Alone in its file a statement runs outside of a transaction, as building beside writes must. */
  postgresql: { ...standard, create: 'CREATE INDEX CONCURRENTLY' },
  cockroachdb: standard,
  sqlite: { ...standard, longest: 10_000, schemaOf: () => [] },
  mysql: { ...standard, quote: (name) => `\`${name}\``, longest: 64 },
  sqlserver: {
    create: 'CREATE NONCLUSTERED INDEX',
    quote: (name) => `[${name}]`,
    longest: 128,
    schemaOf: ({ databaseSchema }) => [databaseSchema ?? 'dbo'],
  },
  mongodb: null,
};

/** Prisma cuts what stands before the suffix where a name would be too long. */
function indexName(base: string, longest: number): string {
  const room = longest - SUFFIX.length;
  return `${
    Buffer.byteLength(base) > room
      ? Buffer.from(base)
          .subarray(0, room)
          .toString()
          .replace(/\uFFFD+$/, '')
      : base
  }${SUFFIX}`;
}

const SUFFIX = '_idx';

function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}
