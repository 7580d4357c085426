import { join } from 'node:path';
import type { Sqlite } from '../sqlite.ts';
import { openStore } from './openStore.ts';
import { EVIDENCE_FILE, identityOf } from './storeFile.ts';

/** What became of the measurements of a project, or one line for people that says why they are still there. */
export type Cleared =
  | { readonly kind: 'cleared'; readonly executions: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Removes all that was measured; to be asked for by a person who confirmed it. Others may count and read meanwhile: they go on with an empty
 * store. A store that was damaged and set aside before stays where it is.
 */
export function clearEvidence(sqlite: Sqlite, root: string): Cleared {
  if (identityOf(join(root, EVIDENCE_FILE)) === null) return { kind: 'nothing' };
  const opened = openStore(sqlite, root);
  if (opened.kind === 'refused') return opened;
  const { store } = opened;
  try {
    return { kind: 'cleared', executions: store.clear() };
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    store.close();
  }
}
