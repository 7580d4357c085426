import { sqlStatements } from '#schema/migrations/sqlStatements.ts';
import type { SqlToken } from '#schema/sqlTokens.ts';
import { messageOf, type PostgresConnection } from './postgresConnection.ts';

/** A migration of the project. */
export interface Migration {
  readonly path: string;
  readonly sql: string;
}

export interface Migrated {
  /** Why the tables are not those of the migrations, null where they are. */
  readonly failed: string | null;
  /** What was left out without harm to the tables. */
  readonly notes: readonly string[];
}

/**
 * Runs what the migrations say of tables, types and indexes. Rows, roles, grants and settings are left out: they would be of no use in an
 * empty database, and some reach beyond it.
 */
export async function migrate(connection: PostgresConnection, migrations: readonly Migration[]): Promise<Migrated> {
  const notes: string[] = [];
  for (const { path, sql } of migrations) {
    for (const statement of sqlStatements(sql, 'postgresql')) {
      const words = firstWords(statement);
      if (!OF_TABLES.test(words)) continue;
      try {
        await connection.query(textOf(sql, statement));
      } catch (error) {
        const failed = `${path} does not work: ${messageOf(error)}`;
        if (!DISPENSABLE.test(words)) return { failed, notes };
        notes.push(failed);
      }
    }
  }
  return { failed: null, notes };
}

const OF_TABLES =
  /^(?:CREATE|ALTER|DROP) (?:UNLOGGED )?(?:UNIQUE )?(?:MATERIALIZED )?(?:TABLE|TYPE|DOMAIN|INDEX|SCHEMA|EXTENSION|VIEW|SEQUENCE) /;
const DISPENSABLE = /^(?:CREATE|DROP|ALTER) (?:(?:UNIQUE )?INDEX|EXTENSION|SEQUENCE|VIEW|MATERIALIZED) /;

function firstWords(statement: readonly SqlToken[]): string {
  const words = statement.slice(0, 4).map(({ kind, value }) => (kind === 'word' ? value.toUpperCase() : '?'));
  return `${words.filter((word, at) => !(at < 3 && (word === 'OR' || word === 'REPLACE'))).join(' ')} `;
}

/** Building beside writes cannot be part of a script, and nobody writes here. */
function textOf(sql: string, statement: readonly SqlToken[]): string {
  const start = statement[0]?.start ?? 0;
  const text = sql.slice(start, statement.at(-1)?.end);
  const concurrently = statement.filter(({ kind, value }) => kind === 'word' && /^concurrently$/i.test(value));
  return concurrently.reduceRight(
    (rest, word) => rest.slice(0, word.start - start) + rest.slice(word.end - start),
    text,
  );
}
