import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { type Printed, runCli } from './runCli.ts';

const LOG = `2026-01-01 10:00:01.000 UTC [7] LOG:  duration: 1200.0 ms  execute <unnamed>: SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post" WHERE "public"."Post"."authorId" = $1 ORDER BY "public"."Post"."id" ASC LIMIT $2 OFFSET $3\n`;

async function check(context: TestContext, budgets: object | null, args: readonly string[] = []): Promise<Printed> {
  const config: Record<string, string> = budgets ? { 'querylens.config.json': JSON.stringify({ budgets }) } : {};
  const root = projectFolder(context, { ...SMALL_PROJECT, ...config, 'db.log': LOG });
  const { status, stderr } = await runCli(['ingest', 'db.log'], root);
  assert.equal(status, 0, stderr);
  return runCli(['check', ...args], root);
}

describe('check', () => {
  test('passes where all is held', async (context) => {
    const { status, stdout, stderr } = await check(context, { queries: { '*': { p95Ms: 2000 } } });
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(
      stdout,
      'held     Post.findFirst: p95 1.2 s, at most 2 s  src/titles.ts:6\n\n1 budget: 1 held, 0 crossed, 0 not known\n',
    );
  });

  test('fails where one is crossed', async (context) => {
    const { status, stdout } = await check(context, {
      queries: { 'Post.*': { p95Ms: 100 } },
      slowQueries: { overMs: 1000, perHour: 0 },
      errorRatio: 0.01,
    });
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^CROSSED {2}Post\.findFirst: p95 1\.2 s, at most 100 ms {2}src\/titles\.ts:6\nCROSSED {2}queries over 1000 ms: in one hour 1, at most 0\nunknown {2}requests: errors not measured, at most 1 %\n/,
    );
  });

  test('prints them as JSON', async (context) => {
    const { status, stdout } = await check(context, { queries: { '*': { p95Ms: 100 } } }, ['--format', 'json']);
    const { version, budgets } = JSON.parse(stdout);
    assert.deepEqual([status, version, budgets.length, budgets[0].state], [1, 1, 1, 'crossed']);
  });

  const refuses = (name: string, budgets: object | null, says: RegExp): void => {
    test(`cannot answer ${name}`, async (context) => {
      const { status, stderr } = await check(context, budgets);
      assert.equal(status, 2);
      assert.match(stderr, says);
    });
  };
  refuses('without budgets', null, /there are no budgets: set them under "budgets" in querylens\.config\.json/);
  refuses('where nothing is known', { cacheHitRatio: 0.8 }, /nothing is known of what the budgets bound/);

  test('names a mistake in the budgets', async (context) => {
    const config = { 'querylens.config.json': '{ "budgets": { "routes": { "*": { "p95": 100 } } } }' };
    const { status, stderr } = await runCli(['check'], projectFolder(context, { ...SMALL_PROJECT, ...config }));
    assert.equal(status, 2);
    assert.match(stderr, /unknown key "p95"/);
  });
});
