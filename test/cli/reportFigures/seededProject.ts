import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR_MS } from '#shared/hour.ts';
import { fixture } from '#test/bridge/sources/support/fixture.ts';
import { CLIENT, LOOP, projectFolder, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import { runCli } from '../runCli.ts';

const query = (name: string, call: string) =>
  `import { prisma } from './db';\n\nexport const ${name} = (text: string) => prisma.${call};\n`;

const ROUTES = `import express from 'express';
import { edited } from './edited';
import { search } from './search';
import { titles } from './titles';
import { users } from './users';

const app = express();
app.get('/titles', async (req, res) => res.json(await titles(req.body.ids)));
app.get('/users', async (req, res) => res.json([await users(''), await edited('')]));
app.get('/search', async (req, res) => res.json(await search(req.body.text)));
`;

const BUDGETS = {
  routes: { 'GET /titles': { queries: 20, p95Ms: 100 } },
  queries: { '*': { p95Ms: 50, p99Ms: 50, meanMs: 5, perRequest: 2 } },
  slowQueries: { overMs: 200, perHour: 3 },
  cacheHitRatio: 0.9,
  errorRatio: 0.01,
};

const FILES = {
  'prisma/schema.prisma': SMALL_SCHEMA,
  'querylens.config.json': JSON.stringify({ budgets: BUDGETS, measured: { slowMs: 150 } }),
  'src/db.ts': CLIENT,
  'src/app.ts': ROUTES,
  'src/titles.ts': LOOP,
  'src/users.ts': query('users', 'user.findMany({ take: 5 })'),
  'src/search.ts': query('search', 'post.findMany({ where: { title: text }, take: 20 })'),
  'src/counts.ts': query('counts', 'post.count()'),
  'src/edited.ts': query('edited', "user.findFirst({ orderBy: { id: 'asc' } })"),
  'src/gone.ts': query('gone', 'user.findUnique({ where: { email: text } })'),
};

/** Some days ago, for totals are of now, and what is older than two weeks is dropped. */
const BEGIN = Math.floor(Date.now() / HOUR_MS - 120) * HOUR_MS + 600_000;

/** Calls as the probe writes them, whose times spread over three decades and some days. */
function probeLines(deploy: string, from: number, slower: number): string {
  const random = seededRandom(deploy.length + slower);
  const lines: string[] = [];
  const call = (at: number, request: string, route: string | null, place: object, weight = 1) => {
    const ms = (slower * Math.round(10 ** (random.below(3000) / 1000) * 1000)) / 1000;
    const made = { v: 1, at, ms, ...place, request, statements: 1 + random.below(3), deploy };
    lines.push(JSON.stringify({ ...made, ...(route !== null && { route }), ...(weight > 1 && { weight }) }));
  };
  const at = (file: string, operation: string, model: string, line = 3) => ({
    file,
    line,
    column: 50,
    model,
    operation,
  });
  for (let request = 0; request < 60; request += 1) {
    const time = from + request * 0.7 * HOUR_MS;
    const id = `${deploy}-${request}`;
    for (let turn = 0; turn <= random.below(deploy === 'v1' ? 40 : 4); turn += 1)
      call(time + turn, id, 'GET /titles', at('src/titles.ts', 'findFirst', 'Post', 6));
    call(time, `${id}-u`, 'GET /users', at('src/users.ts', 'findMany', 'User'), request % 5 === 0 ? 10 : 1);
    call(time, `${id}-u`, 'GET /users', at('src/edited.ts', 'findFirst', 'User'), request % 5 === 0 ? 10 : 1);
    if (deploy === 'v1') call(time, `${id}-g`, null, at('src/gone.ts', 'findUnique', 'User'));
  }
  return `${lines.join('\n')}\n`;
}

/** Statements as PostgreSQL writes them. */
function postgresLines(sql: readonly string[]): string {
  const random = seededRandom(7);
  return Array.from({ length: 300 }, (_, each) => {
    const at = new Date(BEGIN + each * 600_000).toISOString().replace('T', ' ').replace('Z', ' UTC');
    return `${at} [7] LOG:  duration: ${(random.below(400_000) / 1000).toFixed(3)} ms  execute <unnamed>: ${random.pick(sql)}\n`;
  }).join('');
}

function statementTotals(sql: string, calls: number): string {
  const totals = { total_exec_time: calls * 3.3333, mean_exec_time: 3.3333, min_exec_time: 0.5, max_exec_time: 77.7 };
  return JSON.stringify([{ queryid: '1', calls, ...totals, rows: calls, query: sql }]);
}

/** A page as an application that counts its own requests shows it. */
function metrics(requests: number): string {
  const labels = 'method="GET",route="/titles",status="200"';
  const name = 'http_request_duration_seconds';
  const buckets = [0.1, 0.5, 1].map((le, at) => `${name}_bucket{le="${le}",${labels}} ${(requests / 4) * (at + 1)}`);
  return [
    `# TYPE ${name} histogram`,
    ...buckets,
    `${name}_bucket{le="+Inf",${labels}} ${requests}`,
    `${name}_sum{${labels}} ${requests * 0.31}`,
    `${name}_count{${labels}} ${requests}`,
    '# TYPE cache_hits_total counter',
    `cache_hits_total ${requests * 3}`,
    '# TYPE cache_misses_total counter',
    `cache_misses_total ${requests}`,
    '',
  ].join('\n');
}

/** A project of which everything was measured that can be: by the probe under two deploys, by PostgreSQL, by its totals and by the application's own metrics; with a query that was edited between the deploys, and one that is gone. */
export async function seededProject(context: { after(hook: () => void): void }): Promise<string> {
  const root = projectFolder(context, FILES);
  const ingest = async (log: string, text: string): Promise<void> => {
    writeFileSync(join(root, log), text);
    const { status, stderr } = await runCli(['ingest', log], root);
    assert.equal(status, 0, stderr);
  };
  await ingest('one.ndjson', probeLines('v1', BEGIN, 1));
  rmSync(join(root, 'src/gone.ts'));
  writeFileSync(join(root, 'src/edited.ts'), FILES['src/edited.ts'].replace("'asc'", "'desc'"));
  await ingest('two.ndjson', probeLines('v2', BEGIN + 41.3 * HOUR_MS, 0.25));
  const sqlOf = async (place: string): Promise<string> => {
    const { stdout, stderr } = await runCli(['sql', place, '--format', 'json'], root);
    const sql = /"(SELECT (?:[^"\\]|\\.)+)"/.exec(stdout)?.[0];
    assert.ok(sql, stdout + stderr);
    return JSON.parse(sql);
  };
  await ingest('db.log', postgresLines([await sqlOf('src/users.ts:3'), await sqlOf('src/search.ts:3')]));
  await ingest('statements.json', statementTotals(await sqlOf('src/counts.ts:3'), 40));
  await ingest('later.json', statementTotals(await sqlOf('src/counts.ts:3'), 90));
  // Of a real Prisma over another schema: nearly all of it is of no call here.
  for (const log of ['postgres.log', 'otlp.json']) await ingest(log, fixture(log));
  await ingest('metrics.txt', metrics(200));
  await ingest('metrics.txt', metrics(600));
  return root;
}
