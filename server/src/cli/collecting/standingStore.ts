import { join } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { EVIDENCE_FILE, identityOf } from '#bridge/store/storeFile.ts';

/** The store, which writes only as long as it is the file that was opened: into one that was removed SQLite would go on writing, for nobody. Else a {@link Failure}. */
export function standingStore(store: EvidenceStore, root: string): EvidenceStore {
  const file = join(root, EVIDENCE_FILE);
  const opened = identityOf(file);
  return {
    ...store,
    write: (...args) => {
      if (identityOf(file) === opened) return store.write(...args);
      throw new Failure(`${EVIDENCE_FILE} was removed or replaced while it was written; run this again`);
    },
  };
}
