import type { ScalarField } from './schemaModel.ts';

/** Databases a throw-away copy of the tables can be made in. */
export type TableDialect = 'sqlite' | 'postgresql';

/** The type of a column; its length is what PostgreSQL guesses the width of rows from. */
export const COLUMN_TYPES: Readonly<Record<TableDialect, (field: ScalarField) => string>> = {
  sqlite: ({ type, list }) => (list ? 'JSONB' : (SQLITE[type] ?? 'TEXT')),
  postgresql: ({ type, nativeType, nativeLength }) => {
    const native = nativeType === null ? undefined : NATIVE_POSTGRESQL[nativeType];
    if (native === undefined) return POSTGRESQL[type] ?? 'text';
    return nativeLength !== null && MEASURED.test(native) ? `${native}(${nativeLength})` : native;
  },
};

const MEASURED = /^(?:varchar|char|bit|varbit|numeric)$/;

const SQLITE: Readonly<Record<string, string>> = {
  Int: 'INTEGER',
  BigInt: 'BIGINT',
  Float: 'REAL',
  Decimal: 'DECIMAL',
  Boolean: 'BOOLEAN',
  DateTime: 'DATETIME',
  Json: 'JSONB',
  Bytes: 'BLOB',
};

const POSTGRESQL: Readonly<Record<string, string>> = {
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Decimal: 'numeric(65,30)',
  Boolean: 'boolean',
  DateTime: 'timestamp',
  Json: 'jsonb',
  Bytes: 'bytea',
};

const NATIVE_POSTGRESQL: Readonly<Record<string, string>> = {
  Text: 'text',
  VarChar: 'varchar',
  Char: 'char',
  Uuid: 'uuid',
  Inet: 'inet',
  Xml: 'xml',
  Bit: 'bit',
  VarBit: 'varbit',
  SmallInt: 'smallint',
  Oid: 'oid',
  Decimal: 'numeric',
  Real: 'real',
  Money: 'money',
  Timestamptz: 'timestamptz',
  Date: 'date',
  Time: 'time',
  Timetz: 'timetz',
  Json: 'json',
};
