import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openEvidence } from '#bridge/store/openEvidence.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { queryFingerprint } from '#graph/queryFingerprint.ts';
import { analyse } from '#test/support/analyse.ts';
import { CLIENT, projectFolder, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { FIRST } from '../support/testStore.ts';

const sqlite = await loadSqlite();

/** A function that makes these calls of one model, in order, each with the `take` that is given. */
async function graphOf(takes: readonly number[]) {
  const calls = takes.map((take) => `  await prisma.user.findMany({ take: ${take} });\n`).join('');
  const { graph } = await analyse(
    {
      'prisma/schema.prisma': SMALL_SCHEMA,
      'src/db.ts': CLIENT,
      'src/users.ts': `import { prisma } from './db';\nexport async function users() {\n${calls}}\n`,
    },
    [],
  );
  return graph;
}

type Figures = readonly (number | null)[];

/** Of each call in order, what is measured and what it did before: the `take` it was counted with, in milliseconds. */
async function check(
  context: TestContext,
  counted: readonly number[],
  now: readonly number[],
  expected: { readonly measured: Figures; readonly former: Figures },
): Promise<void> {
  const root = projectFolder(context, {});
  const before = await graphOf(counted);
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  const tallies = createTallies();
  for (const [at, site] of before.sites.entries()) {
    const take = counted[at] ?? 0;
    const subject = { ...FIRST, site: site.id, version: queryFingerprint(before, site) };
    tallies.execution(subject, 0, take, 1, { id: 'r', route: 'GET /', statements: null });
    tallies.plan(subject, 0, take, () => `${take}`);
  }
  opened.store.write(tallies.take(), null);
  opened.store.close();
  const evidence = openEvidence(sqlite, root);
  context.after(evidence.close);
  const graph = await graphOf(now);
  const of = (figures: ReadonlyMap<string, { readonly maxMs: number }>) =>
    graph.sites.map(({ id }) => figures.get(id)?.maxMs ?? null);
  assert.deepEqual({ measured: of(evidence.measurements(graph)), former: of(evidence.formers(graph)) }, expected);
  for (const { id } of graph.sites) {
    const measured = evidence.measurements(graph).get(id);
    const detail = evidence.detail(id, graph);
    assert.equal(detail?.slowestPlan?.text ?? null, measured ? `${measured.maxMs}` : null);
    assert.equal(detail?.perRequest?.mean ?? null, measured?.perRequest ?? null);
  }
}

test('a call that is put before others takes nothing from them', (context) =>
  check(context, [10, 20], [5, 10, 20], { measured: [null, 10, 20], former: [null, null, null] }));

test('a call that is taken away leaves the others theirs', (context) =>
  check(context, [10, 20, 30], [20, 30], { measured: [20, 30], former: [null, null] }));

test('calls that change places keep what is theirs', (context) =>
  check(context, [10, 20], [20, 10], { measured: [20, 10], former: [null, null] }));

test('a call that asks something else has former figures, the others theirs', (context) =>
  check(context, [10, 20], [15, 20], { measured: [null, 20], former: [10, null] }));

test('what is asked twice is not told apart by what is asked', async (context) => {
  await check(context, [10, 20], [5, 20, 20], { measured: [null, 20, null], former: [10, null, null] });
  await check(context, [10, 10], [5, 10], { measured: [null, 10], former: [10, null] });
});
