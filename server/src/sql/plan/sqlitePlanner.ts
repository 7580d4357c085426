import type { SchemaModel } from '#schema/schemaModel.ts';
import { sqlTokens } from '#schema/sqlTokens.ts';
import { tableNames, tableScript } from '#schema/tableScript.ts';
import type { AccessPlan, Planner } from './accessPlan.ts';
import { readSqlitePlan, type SqlitePlanRow } from './sqlitePlan.ts';

/** What a planner needs of a SQLite database, which is handed to it open and empty. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): { all(...parameters: readonly unknown[]): readonly unknown[] };
  close(): unknown;
}

/** Makes the schema's tables and indexes in the database and asks it for plans; nothing is ever run on them. */
export function sqlitePlanner(database: SqliteDatabase, schema: SchemaModel): Planner {
  const { tables, indexes } = tableScript(schema, 'sqlite');
  const names = tableNames(schema);
  for (const sql of tables) database.exec(sql);
  const notes = indexes.flatMap((sql) => attempt(database, sql));
  return {
    notes,
    plan: async (sql) => sqlitePlan(database, sql, names),
    close: async () => {
      database.close();
    },
  };
}

/** The plan over the tables a database has; `tables` are their names. */
export function sqlitePlan(database: SqliteDatabase, sql: string, tables: ReadonlySet<string>): AccessPlan {
  const parameters = Array.from({ length: placeholders(sql) }, () => null);
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as readonly SqlitePlanRow[];
  return readSqlitePlan(sql, rows, tables);
}

function attempt(database: SqliteDatabase, sql: string): readonly string[] {
  try {
    database.exec(sql);
    return [];
  } catch (error) {
    return [`left out ${sql}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function placeholders(sql: string): number {
  return sqlTokens(sql, 'sqlite').filter(({ kind, value }) => kind === 'symbol' && value === '?').length;
}
