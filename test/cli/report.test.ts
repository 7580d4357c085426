import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { builtPage } from '#test/support/reportPage.ts';
import { parseBySchema } from './jsonSchemas.ts';
import { type Printed, runCli } from './runCli.ts';

const ROUTE = `import express from 'express';
import { titles } from './titles';

const app = express();
app.get('/titles', async (req, res) => res.json(await titles(req.body.ids)));
`;
const PROJECT = { ...SMALL_PROJECT, 'src/app.ts': ROUTE };

/** Two executions of the query in the loop. */
const LOG = [1, 2]
  .map(
    (second) =>
      `2026-01-01 10:00:0${second}.000 UTC [7] LOG:  duration: ${second}00.0 ms  execute <unnamed>: SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post" WHERE "public"."Post"."authorId" = $1 ORDER BY "public"."Post"."id" ASC LIMIT $2 OFFSET $3\n`,
  )
  .join('');

const report = (root: string, ...args: readonly string[]): Promise<Printed> => runCli(['report', ...args], root);

async function measuredProject(context: TestContext): Promise<string> {
  const root = projectFolder(context, { ...PROJECT, 'db.log': LOG });
  const { status, stderr } = await runCli(['ingest', 'db.log'], root);
  assert.equal(status, 0, stderr);
  return root;
}

describe('report', () => {
  test('says what routes cost before anything was measured', async (context) => {
    const root = projectFolder(context, PROJECT);
    const { status, stdout, stderr } = await report(root);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^# Performance report\n\n- 1 query in the code\. Nothing was measured yet/);
    assert.match(stdout, /\| `GET \/titles` \| N \| N: ids \|/);
    assert.match(stdout, /\| warning \| n-plus-one \| `src\/titles\.ts:6` \|/);
    assert.doesNotMatch(stdout, /Slowest/);
    assert.ok(!existsSync(join(root, '.querylens')));
  });

  test('says where the time goes', async (context) => {
    const { stdout } = await report(await measuredProject(context));
    assert.match(
      stdout,
      /1 of them measured: 2 executions that took 300 ms, the last one in the hour of 1 Jan 2026, 10:00 UTC/,
    );
    const [, table = ''] = /## Slowest by total time\n\n([^#]*)/.exec(stdout) ?? [];
    assert.match(
      table,
      /\| `Post\.findFirst` \| 300 ms \| p50 100 ms · p95 \d+ ms \| 2 \| {2}\| `GET \/titles` \| `src\/titles\.ts:6` \|/,
    );
  });

  test('leaves out what was measured where it is told to', async (context) => {
    const { stdout } = await report(await measuredProject(context), '--no-evidence');
    assert.match(stdout, /Nothing was measured yet/);
  });

  test('holds all of it as JSON, the same twice', async (context) => {
    const root = await measuredProject(context);
    const { stdout } = await report(root, '--format', 'json');
    const { version, overview, queries, routes, findings } = parseBySchema('report.schema.json', stdout);
    assert.deepEqual([version, overview.executions, overview.totalMs], [1, 2, 300]);
    assert.deepEqual([queries.length, routes.length, findings.length > 0], [1, 1, true]);
    assert.equal((await report(root, '--format', 'json')).stdout, stdout);
  });

  test('is written to a file', async (context) => {
    const root = projectFolder(context, PROJECT);
    const { stdout } = await report(root, '--output', 'report.md');
    assert.equal(stdout, '');
    assert.match(readFileSync(join(root, 'report.md'), 'utf8'), /^# Performance report/);
  });

  test('is drawn on a page of its own', async (context) => {
    const root = await measuredProject(context);
    const { script, style } = await builtPage();
    writeFileSync(join(root, 'report-page.js'), script);
    writeFileSync(join(root, 'report-page.css'), style);
    const page = (...args: readonly string[]) =>
      runCli(['report', '--format', 'html', ...args], root, { reportPage: root });
    const { status, stdout, stderr } = await page();
    assert.deepEqual([status, stdout], [0, '']);
    assert.equal(stderr, `querylens: the report is in ${join(root, 'querylens-report.html')}\n`);
    const html = readFileSync(join(root, 'querylens-report.html'), 'utf8');
    const [, json = ''] = /<script type="application\/json" id="report">([^<]*)<\/script>/.exec(html) ?? [];
    const { queries } = parseBySchema('report.schema.json', json);
    assert.equal(
      queries[0]?.detail?.histogram.reduce((sum, { calls }) => sum + calls, 0),
      2,
    );
    await page('--output', 'other.html');
    assert.equal(readFileSync(join(root, 'other.html'), 'utf8'), html);
  });

  test('says where the page is not there to be drawn', async (context) => {
    const root = projectFolder(context, PROJECT);
    const { status, stderr } = await runCli(['report', '--format', 'html'], root, { reportPage: join(root, 'gone') });
    assert.equal(status, 2);
    assert.match(stderr, /the page of reports is not where it should be/);
    assert.ok(!existsSync(join(root, 'querylens-report.html')));
  });

  test('cuts long lists and says so', async (context) => {
    const more = `app.get('/two', async (req, res) => res.json(await titles(req.body.ids)));\n`;
    const { stdout } = await report(projectFolder(context, { ...PROJECT, 'src/app.ts': ROUTE + more }), '--rows', '1');
    assert.match(stdout, /## Routes\n\n(?:\|.*\n){3}\nAnd 1 more\.\n/);
  });

  const refuses = (name: string, args: readonly string[], says: RegExp): void => {
    test(`refuses ${name}`, async (context) => {
      const { status, stdout, stderr } = await report(projectFolder(context, PROJECT), ...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, says);
    });
  };
  refuses('to go on without measurements it is to have', ['--evidence'], /there are no measurements yet/);
  refuses('a number that is none', ['--rows', 'many'], /--rows takes a number from 1 up, not "many"/);
  refuses('a file that cannot be written', ['--output', 'no/such/folder.md'], /folder\.md cannot be written/);
});
