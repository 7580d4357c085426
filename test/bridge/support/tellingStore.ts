import { writeSync } from 'node:fs';
import { loadSqlite } from '#bridge/sqlite.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { openStore } from '#bridge/store/openStore.ts';

/** Opens the store of a project; after each write it prints how many executions are kept, so that whoever kills the process knows. */
export async function tellingStore(root: string): Promise<EvidenceStore> {
  const opened = openStore(await loadSqlite(), root);
  if (opened.kind === 'refused') throw new Error(opened.reason);
  const { store } = opened;
  const all = store.database.prepare('SELECT coalesce(sum(count), 0) FROM executions').pluck();
  return {
    ...store,
    write: (...args: Parameters<typeof store.write>) => {
      const written = store.write(...args);
      writeSync(1, `${all.get()}\n`);
      return written;
    },
  };
}
