import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { loadSqlite } from '#bridge/sqlite.ts';
import { clearEvidence } from '#bridge/store/clearEvidence.ts';
import { openEvidence } from '#bridge/store/openEvidence.ts';
import { projectFolder } from '#test/support/projectFolder.ts';

const PROGRAM = join(import.meta.dirname, '../support/writeProcess.ts');
const WRITES = 400;

function writer(root: string) {
  const child = spawn(process.execPath, [PROGRAM, root, String(WRITES)], { stdio: 'inherit' });
  return once(child, 'exit').then(([code]) => assert.equal(code, 0));
}

test('two processes count while a third reads: it sees more each time, and in the end all', async (context) => {
  const root = projectFolder(context, {});
  const evidence = openEvidence(await loadSqlite(), root);
  context.after(evidence.close);
  let counting = true;
  const writers = Promise.all([writer(root), writer(root)]).finally(() => {
    counting = false;
  });
  let [before, looks] = [0, 0];
  while (counting) {
    if (evidence.changed()) {
      const calls = evidence.measurements().get('a')?.calls ?? 0;
      assert.ok(calls >= before, `${calls} after ${before}`);
      assert.equal(evidence.problem(), null);
      if (calls > before) looks += 1;
      before = calls;
    }
    await pause(2);
  }
  await writers;
  assert.ok(looks > 0);
  assert.equal(evidence.measurements().get('a')?.calls, 2 * WRITES);
  assert.equal(evidence.measurements().get('a')?.perRequest, WRITES);
});

test('clearing while others count and read disturbs nobody', async (context) => {
  const root = projectFolder(context, {});
  const sqlite = await loadSqlite();
  const evidence = openEvidence(sqlite, root);
  context.after(evidence.close);
  const counting = writer(root);
  let cleared = 0;
  for (let attempt = 0; attempt < 200 && cleared < 3; attempt++) {
    await pause(10);
    if ((evidence.measurements().get('a')?.calls ?? 0) === 0) continue;
    const outcome = clearEvidence(sqlite, root);
    assert.equal(outcome.kind, 'cleared');
    cleared += 1;
  }
  await counting;
  assert.ok(cleared > 0);
  assert.ok((evidence.measurements().get('a')?.calls ?? 0) < WRITES);
  assert.equal(evidence.problem(), null);
});
