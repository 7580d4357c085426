import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { clearEvidence } from '#bridge/store/clearEvidence.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { FIRST, testEvidence } from '../support/testStore.ts';

const sqlite = await loadSqlite();
const HEAD = Buffer.from('a log\n');

/** A store somebody counts a log into, a part at a time. */
async function counting(context: TestContext) {
  const { store, evidence, root } = await testEvidence(context);
  const part = (position: number, from = store.progress(HEAD)) => {
    const tallies = createTallies();
    tallies.execution(FIRST, 0, 1, 1, { id: `r${position}`, route: 'GET /', statements: 1 });
    tallies.plan(FIRST, 0, 1, () => 'a plan');
    tallies.ratio({ kind: 'ratio', of: 'errors', at: 0, value: 0.5 });
    const to = { position, tail: `${position}`, countedBeyond: 0 };
    return store.write(tallies.take(), { from, head: HEAD, to });
  };
  return { store, evidence, root, part };
}

test('nothing is left of what was measured', async (context) => {
  const { store, evidence, root, part } = await counting(context);
  part(10);
  assert.deepEqual(clearEvidence(sqlite, root), { kind: 'cleared', executions: 1 });
  assert.equal(evidence.measurements().size, 0);
  assert.equal(evidence.detail('a'), null);
  assert.deepEqual([...evidence.routeFigures(), ...evidence.ratios(), ...evidence.models()], []);
  const tables = store.database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .pluck()
    .all();
  const filled = tables.filter(
    (table) => Number(store.database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()) > 0,
  );
  assert.deepEqual(filled, ['progress']);
});

test('whoever is reading a log goes on where it was, and counts nothing of before', async (context) => {
  const { store, evidence, root, part } = await counting(context);
  part(10);
  const reached = store.progress(HEAD);
  clearEvidence(sqlite, root);
  assert.equal(part(20, reached), true);
  assert.equal(evidence.measurements().get('a')?.calls, 1);
  assert.equal(store.progress(HEAD)?.position, 20);
});

test('a log that is read anew counts anew', async (context) => {
  const { store, evidence, root, part } = await counting(context);
  part(10);
  clearEvidence(sqlite, root);
  assert.equal(store.progress(HEAD), null);
  assert.equal(part(10), true);
  assert.equal(evidence.measurements().get('a')?.calls, 1);
  assert.equal(store.progress(HEAD)?.position, 10);
});
