import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openEvidence } from '#bridge/store/openEvidence.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { createTallies } from '#bridge/store/tally.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import { queryFingerprint } from '#graph/queryFingerprint.ts';
import { analyse } from '#test/support/analyse.ts';
import { CLIENT, projectFolder, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { FIRST } from '../support/testStore.ts';

const sqlite = await loadSqlite();
const HOUR_MS = 3_600_000;

async function graphOf(args: string) {
  const { graph } = await analyse(
    {
      'prisma/schema.prisma': SMALL_SCHEMA,
      'src/db.ts': CLIENT,
      'src/users.ts': `import { prisma } from './db';\nexport const users = () => prisma.user.findMany(${args});`,
    },
    [],
  );
  const [site] = graph.sites;
  assert.ok(site);
  return { graph, site };
}

const NARROW = await graphOf('{ take: 5 }');
const WIDE = await graphOf('{ take: 500 }');
const NEVER_COUNTED = await graphOf('{ take: 50 }');

interface Run {
  readonly of: { readonly graph: Parameters<typeof queryFingerprint>[0]; readonly site: QuerySite };
  readonly hour: number;
  readonly ms: number;
  readonly commit: string | null;
}

function evidenceOf(context: TestContext, runs: readonly Run[]) {
  const root = projectFolder(context, {});
  for (const { of, hour, ms, commit } of runs) {
    const opened = openStore(sqlite, root, { revision: () => commit });
    assert.ok(opened.kind === 'open');
    const tallies = createTallies();
    const subject = { ...FIRST, site: of.site.id, version: queryFingerprint(of.graph, of.site) };
    tallies.execution(subject, hour * HOUR_MS, ms, 1);
    tallies.plan(subject, hour * HOUR_MS, ms, () => `a scan of ${ms} ms`);
    opened.store.write(tallies.take(), null);
    opened.store.close();
  }
  const evidence = openEvidence(sqlite, root);
  context.after(evidence.close);
  return evidence;
}

const BEFORE: Run = { of: NARROW, hour: 10, ms: 2, commit: 'aaaaaaa' };
const AFTER: Run = { of: WIDE, hour: 20, ms: 90, commit: 'bbbbbbb' };

test('the figures of a call are those of the query that stands there, the older ones are former', (context) => {
  const evidence = evidenceOf(context, [BEFORE, BEFORE, AFTER]);
  const { id } = WIDE.site;
  assert.equal(id, NARROW.site.id);
  assert.equal(evidence.measurements(WIDE.graph).get(id)?.maxMs, 90);
  const former = evidence.formers(WIDE.graph).get(id);
  assert.deepEqual(
    { calls: former?.calls, maxMs: former?.maxMs, lastSeen: former?.lastSeen, commit: former?.commit },
    { calls: 2, maxMs: 2, lastSeen: 10 * HOUR_MS, commit: 'aaaaaaa' },
  );
  const detail = evidence.detail(id, WIDE.graph);
  assert.deepEqual(
    detail?.trend.map(({ hour }) => hour / HOUR_MS),
    [20],
  );
  assert.deepEqual(detail?.slowestPlan, { ms: 90, text: 'a scan of 90 ms' });
});

test('a query that is taken back has its figures again', (context) => {
  const evidence = evidenceOf(context, [BEFORE, AFTER]);
  const { id } = NARROW.site;
  assert.equal(evidence.measurements(NARROW.graph).get(id)?.maxMs, 2);
  assert.equal(evidence.formers(NARROW.graph).get(id)?.maxMs, 90);
});

test('a query that was changed and did not run yet has none, and the newest of the others is former', (context) => {
  const evidence = evidenceOf(context, [AFTER, BEFORE]);
  const { id } = NEVER_COUNTED.site;
  assert.equal(evidence.measurements(NEVER_COUNTED.graph).get(id), undefined);
  assert.equal(evidence.formers(NEVER_COUNTED.graph).get(id)?.maxMs, 90);
  assert.equal(evidence.detail(id, NEVER_COUNTED.graph), null);
});

test('figures of fingerprints that were made in another way stay with their call', async (context) => {
  const root = projectFolder(context, {});
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  const tallies = createTallies();
  for (const version of ['', '0abcdefghij']) tallies.execution({ ...FIRST, site: NARROW.site.id, version }, 0, 5, 1);
  opened.store.write(tallies.take(), null);
  opened.store.close();
  const evidence = openEvidence(sqlite, root);
  context.after(evidence.close);
  assert.equal(evidence.measurements(NARROW.graph).get(NARROW.site.id)?.calls, 2);
  assert.equal(evidence.formers(NARROW.graph).size, 0);
});

test('without git there is no commit, and a query that never changed has no former figures', (context) => {
  const evidence = evidenceOf(context, [
    { ...BEFORE, commit: null },
    { ...AFTER, commit: null },
  ]);
  assert.equal(evidence.formers(WIDE.graph).get(WIDE.site.id)?.commit, null);
  const alone = evidenceOf(context, [BEFORE]);
  assert.equal(alone.formers(NARROW.graph).size, 0);
});

test('without a graph all there is of a call counts', (context) => {
  const evidence = evidenceOf(context, [BEFORE, AFTER]);
  assert.equal(evidence.measurements().get(WIDE.site.id)?.calls, 2);
  assert.equal(evidence.formers().size, 0);
});
