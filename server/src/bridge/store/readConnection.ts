import type { Database, Sqlite } from '../sqlite.ts';
import { migrate } from './migrations.ts';
import { newerStore } from './openStore.ts';
import { identityOf, isBusy, isDamage, type OpenedToRead, openToRead, stampOf } from './storeFile.ts';

/** A store that may come, change and go while it is read. */
export interface ReadConnection {
  /** The answer of the store as it is now; null where there is none or it cannot be read. */
  ask<Answer>(question: (database: Database) => Answer): Answer | null;
  /** The same for as long as nothing was written; null where there is nothing to read. */
  state(): string | null;
  problem(): string | null;
  close(): void;
}

type Connected =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'open'; readonly identity: string } & OpenedToRead)
  | { readonly kind: 'refused'; readonly reason: string; readonly identity: string };

/** How long a reader waits; only a store that is just being made or mended lets it wait at all. */
const READ_BUSY_MS = 1000;

export function readConnection(sqlite: Sqlite, file: string): ReadConnection {
  let connected: Connected = { kind: 'none' };

  function close(): void {
    if (connected.kind === 'open') connected.database.close();
    connected = { kind: 'none' };
  }

  function current(): Connected {
    const isCopy = connected.kind === 'open' && connected.isCopy;
    const identity = isCopy ? stampOf(file) : identityOf(file);
    if (connected.kind !== 'none' && connected.identity === identity) return connected;
    close();
    connected = identity === null ? connected : connect(sqlite, file);
    return connected;
  }

  /** Another's writing passes; what is broken is not asked again until another file stands there. */
  function failed(error: unknown, identity: string): null {
    if (isBusy(error)) return null;
    close();
    connected = { kind: 'refused', reason: reasonOf(error, file), identity };
    return null;
  }

  function ask<Answer>(question: (database: Database) => Answer): Answer | null {
    const now = current();
    if (now.kind !== 'open') return null;
    try {
      return question(now.database);
    } catch (error) {
      return failed(error, now.identity);
    }
  }

  return {
    ask,
    state: () => {
      const version = ask((database) => Number(database.pragma('data_version', { simple: true })));
      return version === null || connected.kind !== 'open' ? null : `${connected.identity} ${version}`;
    },
    problem: () => {
      const now = current();
      return now.kind === 'refused' ? now.reason : null;
    },
    close,
  };
}

function connect(sqlite: Sqlite, file: string): Connected {
  const identity = identityOf(file) ?? '';
  if (sqlite.kind === 'unavailable')
    return { kind: 'refused', reason: `measurements cannot be read: SQLite ${sqlite.reason}`, identity };
  try {
    const stamp = stampOf(file) ?? '';
    const opened = openToRead(sqlite, file);
    const { database, isCopy } = opened;
    database.pragma(`busy_timeout = ${READ_BUSY_MS}`);
    if (migrate(database)) return { kind: 'open', ...opened, identity: isCopy ? stamp : identity };
    database.close();
    return { kind: 'refused', reason: newerStore(file), identity };
  } catch (error) {
    return isBusy(error) ? { kind: 'none' } : { kind: 'refused', reason: reasonOf(error, file), identity };
  }
}

function reasonOf(error: unknown, file: string): string {
  if (isDamage(error)) return `${file} is damaged; the next count begins a new one and keeps it beside`;
  return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
