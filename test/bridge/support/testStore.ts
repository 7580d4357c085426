import assert from 'node:assert/strict';
import { loadSqlite } from '#bridge/sqlite.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { openStore } from '#bridge/store/openStore.ts';
import type { Subject } from '#bridge/store/tally.ts';
import { projectFolder } from '#test/support/projectFolder.ts';

/** A store in a folder of its own, gone after the test. */
export async function testStore(context: { after(hook: () => void): void }): Promise<EvidenceStore> {
  const opened = openStore(await loadSqlite(), projectFolder(context, {}));
  assert.ok(opened.kind === 'open');
  context.after(() => opened.store.close());
  return opened.store;
}

/** A statement a site begins with. */
export const FIRST: Subject = {
  ...{ dialect: 'postgresql', text: 'select ?', site: 'a', name: '', match: 'shape', part: 'first' },
};
