import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { freePort } from '#test/support/freePort.ts';
import { type Database, execute, nothingToClose } from './database.ts';

/** A MariaDB server that keeps its data in a temporary folder. */
export interface MariadbServer {
  /** A database of this name; `named` is whether the driver adapter is told to write its name before tables. */
  open(name: string, named?: boolean): Promise<Database>;
  close(): Promise<void>;
}

/** Null where no server is installed. */
export async function startMariadb(): Promise<MariadbServer | null> {
  // Double quotes are of names then, as in the tables the tests share.
  const server = await launchMariadb(['--sql-mode=ANSI_QUOTES,STRICT_TRANS_TABLES']);
  if (server === null) return null;
  const config = { host: '127.0.0.1', port: server.port, user: 'root', connectionLimit: 1 };
  return {
    open: async (name, named = false) => {
      const all: Database = { provider: 'mysql', adapter: new PrismaMariaDb(config), close: nothingToClose };
      await execute(all, [`CREATE DATABASE "${name}"`]);
      const adapter = new PrismaMariaDb({ ...config, database: name }, named ? { database: name } : undefined);
      return { ...all, adapter };
    },
    close: server.close,
  };
}

/** A server that listens, with no database yet and a user `root` who needs no password. */
export interface LaunchedMariadb {
  readonly port: number;
  /** Where it keeps its data; gone after {@link close}. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Starts a server with settings of its own; null where none is installed. */
export async function launchMariadb(settings: readonly string[]): Promise<LaunchedMariadb | null> {
  const [program, installer] = [found('mariadbd', 'mysqld'), found('mariadb-install-db', 'mysql_install_db')];
  if (!program || !installer) return null;
  const folder = mkdtempSync(join(tmpdir(), 'querylens-mariadb-'));
  const data = join(folder, 'data');
  const user = userInfo().username;
  const install = [
    '--no-defaults',
    `--datadir=${data}`,
    `--user=${user}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  const { status, stderr } = spawnSync(installer, install, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${installer} failed: ${stderr}`);
  const port = await freePort();
  const server = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--user=${user}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'socket')}`,
      '--innodb-flush-log-at-trx-commit=0',
      ...settings,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  process.once('exit', () => server.kill('SIGKILL'));
  await listening(port);
  return {
    port,
    folder,
    close: async () => {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

function found(...names: readonly string[]): string | undefined {
  return names.flatMap((name) => FOLDERS.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

const PATIENCE_MS = 30_000;

async function listening(port: number): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await setTimeout(50)) if (await answers(port)) return;
  throw new Error(`no MariaDB on port ${port} after ${PATIENCE_MS} ms`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}
