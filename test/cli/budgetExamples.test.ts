import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'jsonc-parser';
import type { BudgetResult } from '#shared/budgets.ts';
import { CLIENT, projectFolder, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { runCli } from './runCli.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(DOCS, 'budgets.md'), 'utf8');
const examples = [...page.matchAll(/```jsonc\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const isConfig = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(DOCS, 'config.schema.json'), 'utf8')));

const APP = `import express from 'express';
import { prisma } from './db';

const app = express();
app.get('/api/orders', async (_, res) => {
  res.json(await prisma.order.findMany({ take: 20, select: { id: true } }));
});
app.get('/api/search', async (req, res) => {
  res.json(await prisma.order.findMany({ where: { code: req.query.code }, take: 20, select: { id: true } }));
});
`;
const PROJECT = {
  'prisma/schema.prisma': `${SMALL_SCHEMA}\nmodel Order {\n  id   Int    @id\n  code String\n\n  @@index([code])\n}\n`,
  'src/db.ts': CLIENT,
  'src/app.ts': APP,
};
const LINES = { '/api/orders': 6, '/api/search': 9 };

/** How a system does: times in milliseconds, what one request asks, and shares from 0 to 1. */
interface Doing {
  readonly answerMs: number;
  readonly queryMs: number;
  readonly queries: number;
  readonly hits: number;
  readonly errors: number;
}

/** The page of metrics of an application whose every request takes as long. */
function metrics({ answerMs, hits, errors }: Doing): string {
  const requests = 1000;
  const routes = Object.keys(LINES).map((route) => {
    const labels = `method="GET",route="${route}"`;
    return [
      ...[0.5, 0.95, 0.99].map((rank) => `http_request_duration_ms{${labels},quantile="${rank}"} ${answerMs}`),
      `http_request_duration_ms_sum{${labels}} ${requests * answerMs}`,
      `http_request_duration_ms_count{${labels}} ${requests}`,
      `http_requests_total{${labels},status="200"} ${requests * (1 - errors)}`,
      `http_requests_total{${labels},status="500"} ${requests * errors}`,
    ].join('\n');
  });
  const types = '# TYPE http_request_duration_ms summary\n# TYPE http_requests_total counter\n';
  return `${types}${routes.join('\n')}\n# TYPE cache_hit_rate gauge\ncache_hit_rate ${hits}\n`;
}

/** What the probe writes of ten requests of each route. */
function probed({ queryMs, queries }: Doing): string {
  const calls = Object.entries(LINES).flatMap(([route, line]) =>
    Array.from({ length: 10 * queries }, (_, at) => ({
      ...{ v: 1, at: Date.UTC(2026, 0, 1, 10) + at, ms: queryMs, file: 'src/app.ts', line, column: 31 },
      ...{ model: 'Order', operation: 'findMany', request: `${route}-${at % 10}`, route: `GET ${route}` },
    })),
  );
  return calls.map((call) => `${JSON.stringify(call)}\n`).join('');
}

const GOOD: Doing = { answerMs: 50, queryMs: 2, queries: 1, hits: 0.95, errors: 0 };
const BAD: Doing = { answerMs: 4000, queryMs: 1500, queries: 25, hits: 0.5, errors: 0.3 };

describe('the budgets in the documentation', () => {
  test('are those of five systems and one before them', () => assert.equal(examples.length, 6));

  for (const [at, text] of examples.entries())
    test(`number ${at + 1} is a configuration that holds for a good system and for a bad one not`, async (context) => {
      const config: unknown = parse(text);
      assert.ok(isConfig(config), JSON.stringify(isConfig.errors));
      const checked = async (doing: Doing) => {
        const files = { 'querylens.config.json': text, 'metrics.txt': metrics(doing), 'probe.ndjson': probed(doing) };
        const root = projectFolder(context, { ...PROJECT, ...files });
        const { stderr, ...ingested } = await runCli(['ingest', 'metrics.txt', 'probe.ndjson'], root);
        assert.equal(ingested.status, 0, stderr);
        const { status, stdout } = await runCli(['check', '--format', 'json'], root);
        const { budgets }: { budgets: readonly BudgetResult[] } = JSON.parse(stdout);
        return { status, states: [...new Set(budgets.map(({ state }) => state))], stdout };
      };
      const good = await checked(GOOD);
      assert.deepEqual([good.status, good.states], [0, ['held']], good.stdout);
      const bad = await checked(BAD);
      assert.deepEqual([bad.status, bad.states], [1, ['crossed']], bad.stdout);
    });

  test('a search that may take longer than the rest is judged by its own', async (context) => {
    const search = examples.find((text) => text.includes('"GET /api/search": { "p95Ms": 1000 }\n')) ?? '';
    const doing = { ...GOOD, answerMs: 700 };
    const root = projectFolder(context, {
      ...{ ...PROJECT, 'querylens.config.json': search, 'metrics.txt': metrics(doing) },
    });
    await runCli(['ingest', 'metrics.txt'], root);
    const { status, stdout } = await runCli(['check'], root);
    assert.equal(status, 1);
    assert.match(stdout, /^CROSSED {2}GET \/api\/orders: p95 700 ms, at most 500 ms/m);
    assert.match(stdout, /^held {5}GET \/api\/search: p95 700 ms, at most 1 s/m);
    assert.doesNotMatch(stdout, /search.*500/);
  });
});
