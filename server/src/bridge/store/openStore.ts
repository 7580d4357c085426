import { join } from 'node:path';
import type { Database, Sqlite } from '../sqlite.ts';
import { createStore, type EvidenceStore, type StoreSurroundings } from './evidenceStore.ts';
import { migrate } from './migrations.ts';
import { EVIDENCE_FILE, identityOf, moveAside, openToWrite, prepareFolder } from './storeFile.ts';

/** A store, or one line for people that says why there is none. */
export type OpenedStore =
  | {
      readonly kind: 'open';
      readonly store: EvidenceStore;
      /** Where a damaged store was moved that stood here; null where there was none. */
      readonly setAside: string | null;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** Opens the store of a project to count in it, and makes it where there is none. What is damaged is moved aside, never deleted. */
export function openStore(sqlite: Sqlite, root: string, around: StoreSurroundings = {}): OpenedStore {
  if (sqlite.kind === 'unavailable') return refused(`measurements cannot be kept: SQLite ${sqlite.reason}`);
  const file = join(root, EVIDENCE_FILE);
  try {
    prepareFolder(root);
    const before = identityOf(file);
    const first = openToWrite(sqlite, file);
    if (first !== 'damaged') return opened(first, file, null, around);
    // Another process may have moved it already.
    const setAside = identityOf(file) === before ? moveAside(file) : null;
    const second = openToWrite(sqlite, file);
    return second === 'damaged' ? refused(`${file} cannot be read`) : opened(second, file, setAside, around);
  } catch (error) {
    return refused(`${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function opened(database: Database, file: string, setAside: string | null, around: StoreSurroundings): OpenedStore {
  if (migrate(database)) return { kind: 'open', store: createStore(database, around), setAside };
  database.close();
  return refused(newerStore(file));
}

/** What is said of a store that this Querylens does not understand. */
export function newerStore(file: string): string {
  return `${file} was made by a newer Querylens: update this one, or move that file away`;
}

function refused(reason: string): OpenedStore {
  return { kind: 'refused', reason };
}
