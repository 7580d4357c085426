import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { clearEvidence } from '#bridge/store/clearEvidence.ts';
import { type Evidence, openEvidence } from '#bridge/store/openEvidence.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { FIRST } from '../support/testStore.ts';

const sqlite = await loadSqlite();
const FILE = '.querylens/evidence.db';

function reading(context: TestContext, files: Readonly<Record<string, string>> = {}) {
  const root = projectFolder(context, files);
  const evidence = openEvidence(sqlite, root);
  context.after(evidence.close);
  return { root, evidence };
}

function count(root: string, ...times: readonly number[]): void {
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  const tallies = createTallies();
  for (const ms of times) tallies.execution(FIRST, 0, ms, 1);
  opened.store.write(tallies.take(), null);
  opened.store.close();
}

function calls(evidence: Evidence): number {
  return evidence.measurements().get('a')?.calls ?? 0;
}

test('where nothing was ever counted there is nothing, and nothing is made', (context) => {
  const { root, evidence } = reading(context);
  assert.equal(evidence.exists(), false);
  assert.equal(evidence.changed(), false);
  assert.equal(evidence.measurements().size, 0);
  assert.equal(evidence.formers().size, 0);
  assert.equal(evidence.detail('a'), null);
  assert.equal(evidence.problem(), null);
  assert.ok(!existsSync(join(root, '.querylens')));
});

test('what is counted later by others is found', (context) => {
  const { root, evidence } = reading(context);
  assert.equal(calls(evidence), 0);
  count(root, 1, 2);
  assert.equal(evidence.changed(), true);
  assert.equal(evidence.changed(), false);
  assert.equal(calls(evidence), 2);
  count(root, 3);
  assert.equal(evidence.changed(), true);
  assert.equal(calls(evidence), 3);
});

test('a reader is in nobody’s way: others count, clear and remove the store', (context) => {
  const { root, evidence } = reading(context);
  count(root, 1);
  assert.equal(calls(evidence), 1);
  assert.deepEqual(clearEvidence(sqlite, root), { kind: 'cleared', executions: 1 });
  assert.equal(evidence.changed(), true);
  assert.equal(calls(evidence), 0);
  count(root, 1, 2, 3);
  assert.equal(calls(evidence), 3);
  rmSync(join(root, '.querylens'), { recursive: true });
  assert.equal(evidence.changed(), true);
  assert.equal(calls(evidence), 0);
  count(root, 1, 2);
  assert.equal(calls(evidence), 2);
});

test('without the native module there is one reason and no measurements', (context) => {
  const root = projectFolder(context, {});
  count(root, 1);
  const evidence = openEvidence({ kind: 'unavailable', reason: 'needs Node 22 or newer, this is 20.1.0' }, root);
  assert.equal(evidence.measurements().size, 0);
  assert.equal(evidence.problem(), 'measurements cannot be read: SQLite needs Node 22 or newer, this is 20.1.0');
});

test('a damaged store has a reason, until another stands there', (context) => {
  const { root, evidence } = reading(context, { [FILE]: 'hello, world, '.repeat(2000) });
  assert.equal(calls(evidence), 0);
  assert.match(evidence.problem() ?? '', /evidence\.db is damaged; the next count begins a new one/);
  count(root, 1);
  assert.equal(calls(evidence), 1);
  assert.equal(evidence.problem(), null);
});

test('a store that is damaged while it is read gives no figures', (context) => {
  const { root, evidence } = reading(context);
  count(root, 1);
  evidence.close();
  writeFileSync(join(root, FILE), Buffer.alloc(4096 * 4, 0x41));
  assert.equal(calls(evidence), 0);
  assert.match(evidence.problem() ?? '', /damaged/);
});

test('a store of a newer Querylens is left alone', (context) => {
  const { root, evidence } = reading(context);
  count(root, 1);
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  opened.store.database.pragma('user_version = 1000');
  opened.store.close();
  assert.equal(calls(evidence), 0);
  assert.match(evidence.problem() ?? '', /newer Querylens/);
  const cleared = clearEvidence(sqlite, root);
  assert.ok(cleared.kind === 'refused' && cleared.reason.includes('newer Querylens'));
});

test('clearing where nothing was counted makes nothing', (context) => {
  const root = projectFolder(context, {});
  assert.deepEqual(clearEvidence(sqlite, root), { kind: 'nothing' });
  assert.ok(!existsSync(join(root, '.querylens')));
});

test('a close look shows how times are spread and the hours', (context) => {
  const { root, evidence } = reading(context);
  count(root, 0.3, 0.4, 1.2, 3, 4, 40, 41, 42, 700);
  assert.deepEqual(evidence.detail('a'), {
    histogram: [
      { upToMs: 0.5, calls: 2 },
      { upToMs: 1, calls: 0 },
      { upToMs: 2, calls: 1 },
      { upToMs: 5, calls: 2 },
      { upToMs: 10, calls: 0 },
      { upToMs: 20, calls: 0 },
      { upToMs: 50, calls: 3 },
      { upToMs: 100, calls: 0 },
      { upToMs: 200, calls: 0 },
      { upToMs: 500, calls: 0 },
      { upToMs: 1000, calls: 1 },
    ],
    trend: [{ hour: 0, calls: 9, p95Ms: 41.889 }],
    slowestPlan: null,
    perRequest: null,
  });
});
