import { join } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { EVIDENCE_FILE, identityOf } from '#bridge/store/storeFile.ts';

/** Throws a {@link Failure} once the store is not the file any more that was opened: what is written would be nowhere. */
export function standingStore(root: string): () => void {
  const file = join(root, EVIDENCE_FILE);
  const opened = identityOf(file);
  return () => {
    if (identityOf(file) === opened) return;
    throw new Failure(
      `${EVIDENCE_FILE} was removed or replaced while it was written, and what was counted last is lost; run this again`,
    );
  };
}
