import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Sqlite } from '../sqlite.ts';

type Available = Extract<Sqlite, { kind: 'available' }>;

/** The folder of a project where measurements are kept, never to be committed. */
const EVIDENCE_FOLDER = '.querylens';

/** The store, relative to the project. */
export const EVIDENCE_FILE = `${EVIDENCE_FOLDER}/evidence.db`;

/** Makes the folder of the store where it is missing. */
export function prepareFolder(root: string): void {
  const folder = join(root, EVIDENCE_FOLDER);
  mkdirSync(folder, { recursive: true });
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
}

/** How long one process waits for another that writes. */
const BUSY_MS = 30_000;

/** In bytes: what the log beside the store is cut to once all of it is in the store. */
const LONGEST_LOG = 8 * 1024 * 1024;

/** Opens a store to write in it, and makes the file where there is none. SQLite waits for whoever writes, but not for whoever makes it at the same time. */
export function openToWrite(sqlite: Available, file: string): Database | 'damaged' {
  for (const end = performance.now() + BUSY_MS; ; ) {
    try {
      return openedOnce(sqlite, file);
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}

const AGAIN_MS = 20;

function openedOnce({ open }: Available, file: string): Database | 'damaged' {
  const database = open(file);
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    if (database.pragma('quick_check(1)', { simple: true }) === 'ok') {
      // Only an empty file takes it.
      database.pragma('auto_vacuum = INCREMENTAL');
      database.pragma('journal_mode = WAL');
      database.pragma(`journal_size_limit = ${LONGEST_LOG}`);
      return database;
    }
  } catch (error) {
    database.close();
    if (!isDamage(error)) throw error;
    return 'damaged';
  }
  database.close();
  return 'damaged';
}

/** A store as it is read. */
export interface OpenedToRead {
  readonly database: Database;
  /** It is a copy in memory, which sees no later change. */
  readonly isCopy: boolean;
}

/** Opens a store that is there to read it; where its folder cannot be written, which SQLite needs beside a log, a copy of it. */
export function openToRead({ open }: Available, file: string): OpenedToRead {
  let database: Database | null = null;
  try {
    database = open(file, { fileMustExist: true });
    database.pragma('schema_version');
    return { database, isCopy: false };
  } catch (error) {
    database?.close();
    if (!isUnwritable(error)) throw error;
    return { database: open(withoutLog(readFileSync(file))), isCopy: true };
  }
}

/** A database in memory has no log beside it: what says so in its header is taken out. */
function withoutLog(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 18), Buffer.from([1, 1]), bytes.subarray(20)]);
}

/** Whether SQLite says that the file is none of its own any more. */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}

/** Whether it is somebody else's writing that stands in the way, which passes. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/.test(codeOf(error));
}

function isUnwritable(error: unknown): boolean {
  return /^SQLITE_(?:READONLY|CANTOPEN)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Tells a file from another that takes its place; null where there is none. */
export function identityOf(file: string): string | null {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.dev}:${stats.ino}` : null;
}

/** Tells apart what stood in a file before and after a change; null where there is none. */
export function stampOf(file: string): string | null {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats ? `${identityOf(file)}:${stats.mtimeNs}:${stats.size}` : null;
}

/** Renames a damaged store and what belongs to it, and says what to. */
export function moveAside(file: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const target = `${file}.damaged-${stamp}`;
  for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) renameSync(file + part, target + part);
  return target;
}
