import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createSampleCounter } from '#bridge/ingest/countSamples.ts';
import type { Sample, StatementSample } from '#bridge/sample.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { CLIENT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { indexOf } from '../support/indexOf.ts';
import { testEvidence } from '../support/testStore.ts';

const SECRET = 'canary7c1d';
const AT = Date.UTC(2026, 0, 1);
const TITLES =
  'SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post" WHERE "public"."Post"."authorId" = $1 OFFSET $2';
const PLAN = `Seq Scan on "Post"  (cost=0.00..1.10 rows=10 width=4) (actual time=0.1..5.5 rows=1 loops=1)
  Filter: (title = 'x ${SECRET}
  Filter: ${SECRET}'::text)
  Output: ${SECRET}
Query Parameters: $1 = '${SECRET}'`;

const statement = (sql: string): StatementSample => ({
  ...{ kind: 'statement', at: AT, sql, ms: 5, rows: 1, rowsExamined: 1, plan: PLAN, database: SECRET },
  ...{ session: SECRET, parameters: [SECRET, null], request: SECRET },
});

const CALL = { v: 1, at: AT, ms: 2, line: 4, column: 35, operation: 'findMany' } as const;

/** Of every kind, with the word wherever an application may put what it knows of people. */
const SAMPLES: readonly Sample[] = [
  statement(TITLES),
  { ...statement(TITLES), caller: { model: SECRET, operation: SECRET, file: `/home/${SECRET}.ts`, line: 1 } },
  statement(`${TITLES} /*user='${SECRET}',querylens='src%2Ftitles.ts%3A4%3A15',traceparent='00-${SECRET}-01'*/`),
  statement(`SELECT '${SECRET}', E'\\'${SECRET}', $$${SECRET}$$ FROM "Post" -- ${SECRET}`),
  { kind: 'totals', at: AT, sql: `SELECT '${SECRET}'`, calls: 3, totalMs: 9, minMs: 1, maxMs: 5, database: SECRET },
  { kind: 'named', at: AT, name: `find ${SECRET}@example.org`, ms: 3 },
  {
    kind: 'call',
    at: AT,
    call: { ...CALL, file: 'src/titles.ts', model: 'Post', request: SECRET, route: `GET /u/${SECRET}?t=${SECRET}` },
  },
  { kind: 'call', at: AT, call: { ...CALL, file: `src/${SECRET}.ts`, model: `x ${SECRET}`, request: SECRET } },
  {
    ...{ kind: 'route', at: AT, route: `GET /users/${SECRET}`, requests: 5, totalMs: 50, process: SECRET },
    ...{ p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null, failed: null },
  },
  { kind: 'ratio', at: AT, of: 'errors', value: 0.1 },
];

test('no value of the application reaches the store or what SQLite writes beside it', async (context) => {
  const { index } = await indexOf({
    'prisma/schema.prisma': SMALL_SCHEMA,
    'src/db.ts': CLIENT,
    'src/titles.ts': `import { prisma } from './db';\n\nexport const titles = (authorId: number) =>\n  prisma.post.findMany({ where: { authorId } });\n`,
  });
  const { store, evidence, root } = await testEvidence(context);
  const counter = createSampleCounter(index, () => AT);
  const tallies = createTallies();
  for (const sample of SAMPLES) counter.count(sample, postgresText, tallies);
  counter.settle(tallies);
  store.write(tallies.take(), {
    from: null,
    head: Buffer.from(SECRET),
    to: { position: 1, tail: 'x', countedBeyond: 0 },
  });
  const folder = join(root, '.querylens');
  for (const file of readdirSync(folder))
    assert.ok(!readFileSync(join(folder, file)).includes(SECRET), `${file} holds what it must not`);
  const [site] = evidence.measurements().keys();
  assert.equal(
    evidence.detail(site ?? '')?.slowestPlan?.text,
    'Seq Scan on Post · 1 row · 5.5 ms\n  Filter: (title = ?::text)',
  );
  assert.deepEqual(
    evidence.routeFigures().map(({ route }) => route),
    ['GET /u/:value', 'GET /users/:value'],
  );
  assert.ok(![...counter.counts.unmatched.keys()].some((shape) => shape.includes(SECRET)));
});
