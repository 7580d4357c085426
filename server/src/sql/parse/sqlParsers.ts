import type { Provider } from '#schema/schemaModel.ts';
import { mysqlSelects } from './mysqlSelects.ts';
import { postgresSelects } from './postgresSelects.ts';
import type { Select } from './select.ts';

/** Queries of an SQL text; null where it is not understood, which of raw SQL with parts left out is to be expected. */
export type ParseSelects = (sql: string, provider: Provider) => readonly Select[] | null;

/** Loads parsers for what these databases speak: PostgreSQL's own, and one for MySQL that reads SQLite too. */
export async function openSqlParsers(providers: ReadonlySet<Provider>): Promise<ParseSelects> {
  const needs = (...names: readonly Provider[]) => names.some((name) => providers.has(name));
  const postgres = needs('postgresql', 'cockroachdb') ? await openPostgres() : null;
  const mysql = needs('mysql', 'sqlite') ? await openMysql() : null;
  const parsers: Partial<Record<Provider, ((sql: string) => readonly Select[]) | null>> = {
    ...{ postgresql: postgres, cockroachdb: postgres, mysql, sqlite: mysql },
  };
  return (sql, provider) => {
    try {
      return parsers[provider]?.(sql) ?? null;
    } catch {
      return null;
    }
  };
}

async function openPostgres(): Promise<(sql: string) => readonly Select[]> {
  const { loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  return (sql) => postgresSelects(parseSync(sql), sql);
}

async function openMysql(): Promise<(sql: string) => readonly Select[]> {
  const { Parser } = await import('./mysqlParser.ts');
  const parser = new Parser();
  return (sql) => mysqlSelects(parser.astify(sql, { parseOptions: { includeLocations: true } }));
}
