import assert from 'node:assert/strict';
import { loadSqlite } from '#bridge/sqlite.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { type Evidence, openEvidence } from '#bridge/store/openEvidence.ts';
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

/** The same with a reader of it. */
export async function testEvidence(context: {
  after(hook: () => void): void;
}): Promise<{ readonly store: EvidenceStore; readonly evidence: Evidence; readonly root: string }> {
  const [sqlite, root] = [await loadSqlite(), projectFolder(context, {})];
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  const evidence = openEvidence(sqlite, root);
  context.after(evidence.close);
  context.after(() => opened.store.close());
  return { store: opened.store, evidence, root };
}

/** A statement a site begins with. */
export const FIRST: Subject = {
  ...{ dialect: 'postgresql', text: 'select ?', site: 'a', name: '', match: 'shape', part: 'first' },
};
