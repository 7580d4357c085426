import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { FIRST } from '../support/testStore.ts';

const PROGRAM = join(import.meta.dirname, '../support/readProcess.ts');
/** Whoever may write everywhere reads as somebody who may not. */
const NOBODY = 65_534;
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

test('where the folder cannot be written the figures are still read, and why none are counted is told', async (context) => {
  if (process.platform === 'win32') return context.skip('folders have no such permission there');
  const root = projectFolder(context, {});
  const opened = openStore(await loadSqlite(), root);
  assert.ok(opened.kind === 'open');
  const tallies = createTallies();
  for (const ms of [1, 2, 3]) tallies.execution(FIRST, 0, ms, 1);
  opened.store.write(tallies.take(), null);
  opened.store.close();
  const folder = join(root, '.querylens');
  chmodSync(root, 0o755);
  chmodSync(join(folder, 'evidence.db'), 0o444);
  chmodSync(folder, 0o555);
  try {
    const told = JSON.parse(execFileSync(process.execPath, [PROGRAM, root], { ...asNobody, encoding: 'utf8' }));
    assert.match(told.writing, /evidence\.db cannot be opened: /);
    assert.deepEqual({ ...told, writing: null }, { calls: 3, problem: null, changed: [true, false], writing: null });
  } finally {
    chmodSync(folder, 0o755);
  }
});
