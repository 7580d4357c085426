import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openEvidence } from '#bridge/store/openEvidence.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { FIRST } from '../support/testStore.ts';

const sqlite = await loadSqlite();

/** A project with a store as the first layout was: 100 executions of `a`, 12 calls of `b` in four requests, and two of nobody; as the fourth was, those two are missing. */
function oldProject(context: TestContext, layout: 1 | 4 = 1): string {
  const root = projectFolder(context, {});
  mkdirSync(join(root, '.querylens'));
  const old = join(import.meta.dirname, `../fixtures/evidenceLayout${layout}.sqlite`);
  copyFileSync(old, join(root, '.querylens/evidence.db'));
  return root;
}

test('what the first layout held is there for whoever reads', (context) => {
  const evidence = openEvidence(sqlite, oldProject(context));
  context.after(evidence.close);
  const measured = evidence.measurements();
  assert.deepEqual([...measured.keys()].toSorted(), ['a', 'b']);
  const { p50Ms, ...a } = measured.get('a') ?? {};
  assert.ok(Math.abs(Number(p50Ms) - 50.5) < 1, `p50 is ${p50Ms}`);
  assert.deepEqual(
    { ...a, p95Ms: 0, p99Ms: 0 },
    {
      ...{ match: 'shape', calls: 100, meanMs: 50.5, maxMs: 100, p95Ms: 0, p99Ms: 0, perRequest: null },
      ...{ perHour: 33.333, lastSeen: Date.UTC(2026, 0, 1, 2) },
    },
  );
  assert.equal(measured.get('b')?.calls, 12);
  assert.equal(measured.get('b')?.perRequest, 3);
  assert.equal(evidence.detail('a')?.trend.length, 3);
});

test('counting goes on in a store of the first layout, and a log it knows is not counted again', (context) => {
  const opened = openStore(sqlite, oldProject(context));
  assert.ok(opened.kind === 'open' && opened.setAside === null);
  const { store } = opened;
  context.after(store.close);
  const counts = store.tallies().map(({ count }) => count);
  assert.equal(
    counts.reduce((sum, each) => sum + each, 0),
    114,
  );
  assert.deepEqual(store.progress(Buffer.from('a log\n')), { id: 1, position: 6, tail: 'x', countedBeyond: 0 });
});

test('what the fourth layout held is there, under no deploy, and counting goes on beside it', (context) => {
  const root = oldProject(context, 4);
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open' && opened.setAside === null);
  const { store } = opened;
  context.after(store.close);
  const tallies = createTallies();
  const request = { route: 'GET /posts', statements: 1 };
  const call = {
    ...FIRST,
    dialect: 'call',
    site: 'b',
    version: 'w',
    match: 'exact',
    part: 'call',
    deploy: 'v2',
  } as const;
  tallies.execution(call, Date.UTC(2026, 0, 1), 2, 1, { ...request, id: 'r0' });
  tallies.execution(call, Date.UTC(2026, 0, 1), 2, 1, { ...request, id: 'new' });
  store.write(tallies.take(), null);
  const evidence = openEvidence(sqlite, root);
  context.after(evidence.close);
  assert.equal(evidence.measurements().get('a')?.calls, 100);
  assert.deepEqual(evidence.detail('b')?.perRequest, { mean: 2.8, most: 4 });
  assert.deepEqual(
    evidence
      .periods(500)
      ?.deploys.map(({ name, executions, callsPerRequest }) => ({ name, executions, callsPerRequest })),
    [
      { name: null, executions: 112, callsPerRequest: 3.25 },
      { name: 'v2', executions: 2, callsPerRequest: 1 },
    ],
  );
});
