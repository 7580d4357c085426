import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { runCli } from './runCli.ts';

const FILE = 'src/titles.ts';

async function sql(context: TestContext, ...args: readonly string[]) {
  return runCli(['sql', ...args], projectFolder(context, SMALL_PROJECT));
}

test('the SQL of the call on a line, one statement a line', async (context) => {
  const { status, stdout, stderr } = await sql(context, `${FILE}:6`);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^SELECT .*\n$/);
});

test('as JSON it names the query', async (context) => {
  const { stdout } = await sql(context, `${FILE}:6`, '--format', 'json');
  const { kind, model, operation, variants } = JSON.parse(stdout);
  assert.deepEqual([kind, typeof model, operation, variants.length], ['compiled', 'string', 'findFirst', 1]);
});

test('a place without a query, or none at all, is told', async (context) => {
  const nothing = await sql(context, `${FILE}:1`);
  assert.deepEqual([nothing.status, nothing.stdout], [2, '']);
  assert.match(nothing.stderr, /no Prisma call/);
  assert.match((await sql(context, FILE)).stderr, /FILE:LINE/);
  assert.match((await sql(context, 'src/nowhere.ts:1')).stderr, /no such file/);
});
