import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { PerformanceReport } from '#shared/report.ts';
import { git } from '#test/support/gitRepository.ts';
import { LOOP, projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { parseBySchema } from './jsonSchemas.ts';
import { runCli } from './runCli.ts';

const ROUTE = `import express from 'express';
import { titles } from './titles';

const app = express();
app.get('/titles', async (req, res) => res.json(await titles(req.body.ids)));
`;
const PROJECT = { ...SMALL_PROJECT, 'src/app.ts': ROUTE };

/** What the probe writes of requests that make the call in a loop so often. */
function probeLines(name: string, at: number, requests: number, calls: number, ms: number): string {
  const place = { file: 'src/titles.ts', line: 6, column: 35, model: 'Post', operation: 'findFirst' };
  return Array.from({ length: requests * calls }, (_, each) => {
    const request = `${name}-${Math.floor(each / calls)}`;
    return `${JSON.stringify({ v: 1, at, ms, ...place, request, route: 'GET /titles' })}\n`;
  }).join('');
}

async function ingest(root: string, log: string, text: string, ...args: readonly string[]): Promise<void> {
  writeFileSync(join(root, log), text);
  const { status, stderr } = await runCli(['ingest', log, ...args], root);
  assert.equal(status, 0, stderr);
}

async function reported(root: string): Promise<PerformanceReport> {
  return parseBySchema('report.schema.json', (await runCli(['report', '--format', 'json'], root)).stdout);
}

function deployNames({ periods }: PerformanceReport): readonly (string | null)[] | undefined {
  return periods?.deploys.map(({ name }) => name);
}

const AT = Date.UTC(2026, 0, 1, 10);

/** Two deploys, the second of which asks less, and faster. */
async function deployedTwice(context: TestContext): Promise<string> {
  const root = projectFolder(context, PROJECT);
  await ingest(root, 'one.ndjson', probeLines('one', AT, 4, 51, 412), '--deploy', 'v41');
  await ingest(root, 'two.ndjson', probeLines('two', AT + 1000, 60, 2, 9), '--deploy', 'v42');
  return root;
}

describe('what deploys changed', () => {
  test('is told exactly, within one hour too', async (context) => {
    const { periods, queries, overview } = await reported(await deployedTwice(context));
    assert.deepEqual(
      periods?.deploys.map(({ name, executions, totalMs, callsPerRequest }) => [
        name,
        executions,
        totalMs,
        callsPerRequest,
      ]),
      [
        ['v41', 204, 84_048, 51],
        ['v42', 120, 1080, 2],
      ],
    );
    assert.equal(periods?.points[0]?.executions, 324);
    const [{ change } = {}] = queries;
    assert.deepEqual([change?.before.deploy, change?.before.perRequest], ['v41', 51]);
    assert.deepEqual([change?.after.deploy, change?.after.perRequest], ['v42', 2]);
    assert.equal(overview.executions, 324);
  });

  test('stands in one line', async (context) => {
    const { stdout } = await runCli(['report'], await deployedTwice(context));
    assert.match(
      stdout,
      /## Before and after\n\n.*\n.*\n\| `GET \/titles` \| was 51 queries, 21 s on average → 2, 18 ms \| deploy v42, before it v41 \| `src\/app\.ts:5` \|\n\| `Post\.findFirst` \| was 51 queries, 41\d ms p95 → 2, 9 ms \| deploy v42, before it v41 \| `src\/titles\.ts:6` \|/,
    );
    assert.match(stdout, /## Deploys\n\n.*\n.*\n\| `v42` \| 1 Jan 2026, 10:00 UTC \|.*\| 2 \|\n\| `v41` \|.*\| 51 \|/);
    assert.match(stdout, /## Over time\n\n.*\n.*\n\| 1 Jan 2026, 10:00 UTC \| 324 \|/);
  });

  test('is said of code that was changed between them', async (context) => {
    const root = projectFolder(context, PROJECT);
    await ingest(root, 'one.ndjson', probeLines('one', AT, 4, 51, 412));
    writeFileSync(join(root, 'src/titles.ts'), LOOP.replace("orderBy: { id: 'asc' }", "orderBy: { id: 'desc' }"));
    const { stdout: unmeasured } = await runCli(['report'], root);
    assert.match(unmeasured, /was 51 queries, 41\d ms p95; not measured since \| its code was changed \(1 Jan 2026\)/);
    await ingest(root, 'two.ndjson', probeLines('two', AT + 1000, 60, 2, 9));
    const { stdout } = await runCli(['report'], root);
    assert.match(stdout, /was 51 queries, 41\d ms p95 → 2, 9 ms \| its code was changed \(1 Jan 2026\)/);
  });

  test('is part of what a change does', async (context) => {
    const root = projectFolder(context, { ...PROJECT, '.gitignore': '*.ndjson\n.querylens/\n' });
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'Begin');
    await ingest(root, 'one.ndjson', probeLines('one', AT, 4, 51, 412));
    writeFileSync(join(root, 'src/titles.ts'), LOOP.replace("orderBy: { id: 'asc' }", "orderBy: { id: 'desc' }"));
    await ingest(root, 'two.ndjson', probeLines('two', AT + 1000, 60, 2, 9));
    const { stdout } = await runCli(['diff', 'HEAD'], root);
    assert.match(
      stdout,
      /### Measured before and after\n\n.*\n.*\n\| `Post\.findFirst` \| 51 queries, 41\d ms p95 \| 2 queries, 9 ms p95 \| `src\/titles\.ts:6` \|/,
    );
  });

  test('is told by the probe', async (context) => {
    const root = projectFolder(context, PROJECT);
    const lines = probeLines('one', AT, 1, 3, 1).replaceAll('"v":1,', '"v":1,"deploy":"v7",');
    await ingest(root, 'one.ndjson', lines);
    assert.deepEqual(deployNames(await reported(root)), ['v7']);
  });

  test('is not claimed of a log that is older than the commit', async (context) => {
    const root = projectFolder(context, { ...PROJECT, '.gitignore': '*.ndjson\n.querylens/\n' });
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', 'Begin');
    await ingest(root, 'old.ndjson', probeLines('old', AT, 1, 3, 1));
    assert.deepEqual((await reported(root)).periods?.deploys, []);
    await ingest(root, 'new.ndjson', probeLines('new', Date.now(), 1, 3, 1));
    assert.deepEqual(deployNames(await reported(root)), [git(root, 'rev-parse', 'HEAD').slice(0, 10)]);
  });

  test('is named by the environment too, and by nothing that is no name', async (context) => {
    const root = projectFolder(context, PROJECT);
    writeFileSync(join(root, 'one.ndjson'), probeLines('one', AT, 1, 1, 1));
    const refused = await runCli(['ingest', 'one.ndjson', '--deploy', 'the new one'], root);
    assert.deepEqual([refused.status, refused.stdout], [2, '']);
    assert.match(refused.stderr, /--deploy takes a name of at most 64 letters/);
    await runCli(['ingest', 'one.ndjson'], root, { env: { QUERYLENS_DEPLOY: 'v1' } });
    assert.deepEqual(deployNames(await reported(root)), ['v1']);
  });
});

test('what was measured of code that is gone is said', async (context) => {
  const root = projectFolder(context, PROJECT);
  await ingest(root, 'one.ndjson', probeLines('one', AT, 1, 3, 1));
  writeFileSync(
    join(root, 'src/titles.ts'),
    `import { prisma } from './db';\nexport const titles = (ids: number[]) => prisma.user.count({ where: { id: { in: ids } } });\n`,
  );
  const { overview } = await reported(root);
  assert.deepEqual([overview.executions, overview.gone], [0, { calls: 1, executions: 3 }]);
  assert.match(
    (await runCli(['report'], root)).stdout,
    /3 more executions are of 1 call that is not in the code any more/,
  );
});
