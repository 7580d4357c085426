import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Sqlite } from '../sqlite.ts';
import { createStore, type EvidenceStore } from './evidenceStore.ts';
import { migrate } from './migrations.ts';

/** A store, or one line for people that says why there is none. */
export type OpenedStore =
  | {
      readonly kind: 'open';
      readonly store: EvidenceStore;
      /** Where a damaged store was moved that stood here; null where there was none. */
      readonly setAside: string | null;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** The folder of a project where measurements are kept, never to be committed. */
const EVIDENCE_FOLDER = '.querylens';

/** The store, relative to the project. */
export const EVIDENCE_FILE = `${EVIDENCE_FOLDER}/evidence.db`;

/** Opens the store of a project and makes it where there is none. What is damaged is moved aside, never deleted. */
export function openStore(sqlite: Sqlite, root: string): OpenedStore {
  if (sqlite.kind === 'unavailable') return refused(`measurements cannot be kept: SQLite ${sqlite.reason}`);
  const folder = join(root, EVIDENCE_FOLDER);
  const file = join(root, EVIDENCE_FILE);
  try {
    prepareFolder(folder);
    const first = openDatabase(sqlite, file);
    if (first !== 'damaged') return opened(first, file, null);
    const setAside = moveAside(file);
    const second = openDatabase(sqlite, file);
    return second === 'damaged' ? refused(`${file} cannot be read`) : opened(second, file, setAside);
  } catch (error) {
    return refused(`${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function opened(database: Database, file: string, setAside: string | null): OpenedStore {
  if (migrate(database)) return { kind: 'open', store: createStore(database), setAside };
  database.close();
  return refused(`${file} was made by a newer Querylens: update this one, or move that file away`);
}

function refused(reason: string): OpenedStore {
  return { kind: 'refused', reason };
}

function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
}

/** How long one process waits for another that writes. */
const BUSY_MS = 30_000;

function openDatabase({ open }: Extract<Sqlite, { kind: 'available' }>, file: string): Database | 'damaged' {
  const database = open(file);
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    if (database.pragma('quick_check(1)', { simple: true }) === 'ok') {
      // Only an empty file takes it.
      database.pragma('auto_vacuum = INCREMENTAL');
      database.pragma('journal_mode = WAL');
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

/** Whether SQLite says that the file is none of its own any more. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}

function moveAside(file: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const target = `${file}.damaged-${stamp}`;
  for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) renameSync(file + part, target + part);
  return target;
}
