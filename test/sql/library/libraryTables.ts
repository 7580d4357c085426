import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveProvider } from '../support/databases/database.ts';

/** The tables of the library with a few rows, as statements for one database; MySQL must take double quotes for those of names. */
export function libraryTables(provider: LiveProvider): readonly string[] {
  const { types, before } = WORDS[provider];
  const tables = Object.entries(types).reduce((text, [word, own]) => text.replaceAll(word, own), read('tables.sql'));
  return [...before, ...`${tables}${read('rows.sql')}`.split(';\n').filter((statement) => statement.trim() !== '')];
}

/** The library's schema for a database. */
export function librarySchema(provider: string): string {
  return read('schema.prisma').replace('provider = "sqlite"', `provider = "${provider}"`);
}

interface Words {
  readonly before: readonly string[];
  /** What takes the place of SQLite's words. */
  readonly types: Readonly<Record<string, string>>;
}

const ROLES = "('READER', 'EDITOR')";

const WORDS: Readonly<Record<LiveProvider, Words>> = {
  sqlite: { before: [], types: {} },
  postgresql: {
    before: [`CREATE TYPE "Role" AS ENUM ${ROLES}`],
    types: {
      'INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT': 'SERIAL PRIMARY KEY',
      '"role" TEXT': '"role" "Role"',
      DATETIME: 'TIMESTAMP(3)',
      BLOB: 'BYTEA',
    },
  },
  mysql: {
    before: [],
    types: { AUTOINCREMENT: 'AUTO_INCREMENT', '"role" TEXT': `"role" ENUM ${ROLES}`, JSONB: 'JSON', BLOB: 'LONGBLOB' },
  },
};

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8');
}
