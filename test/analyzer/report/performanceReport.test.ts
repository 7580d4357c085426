import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { performanceReport } from '#analyzer/report/performanceReport.ts';
import type { Measurement } from '#shared/measurement.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { RouteQueries } from '#shared/routeFigures.ts';
import { analyse } from '#test/support/analyse.ts';
import { NO_BUDGETS } from './noBudgets.ts';

const FILES = {
  'prisma/schema.prisma': `datasource db {\n  provider = "postgresql"\n}
model User {\n  id Int @id\n  name String\n  posts Post[]\n}
model Post {\n  id Int @id\n  title String\n  authorId Int\n  author User @relation(fields: [authorId], references: [id])\n}`,
  'src/db.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  'src/posts.ts': `import { prisma } from './db';
export const postsOf = (authorId: number) => prisma.post.findMany({ where: { authorId }, select: { title: true }, take: 20 });
export const unused = () => prisma.user.count();\n`,
  'src/app.ts': `import express from 'express';
import { prisma } from './db';
import { postsOf } from './posts';
const app = express();
app.get('/users', async (req, res) => {
  const users = await prisma.user.findMany({ select: { id: true }, take: 50 });
  const all = [];
  for (const user of users) all.push(await postsOf(user.id));
  res.json(all);
});
app.get('/health', (req, res) => res.end());\n`,
};

const MEASURED: Measurement = {
  ...{ match: 'exact', calls: 100, meanMs: 2, maxMs: 9, p50Ms: 1, p95Ms: 5, p99Ms: 8, perRequest: 10 },
  ...{ perHour: 100, lastSeen: 3_600_000 },
};
const QUERIES: RouteQueries = {
  ...{ requests: 10, callsPerRequest: 11, mostCalls: 12, statementsPerRequest: 11, msPerRequest: 22 },
};

async function reportOf(measured: readonly string[] = []): Promise<PerformanceReport> {
  const snapshot = await analyse(FILES);
  const sites = snapshot.graph.sites.filter(({ model, operation }) => measured.includes(`${model?.name}.${operation}`));
  return performanceReport({
    snapshot,
    measurements: new Map(sites.map(({ id }) => [id, MEASURED])),
    totals: new Map(sites.map(({ id }) => [id, MEASURED.calls * MEASURED.meanMs])),
    formers: new Map(),
    ...NO_BUDGETS,
    routes: [{ route: 'GET /api/users', answers: null, queries: QUERIES, sites: [] }],
  });
}

describe('a report', () => {
  test('tells of each query where it stands and who comes to it', async () => {
    const { queries } = await reportOf(['Post.findMany']);
    assert.deepEqual(
      queries.map(({ name, file, line, symbol, routes, totalMs }) => ({
        name,
        at: `${file}:${line}`,
        symbol,
        routes,
        totalMs,
      })),
      [
        { name: 'User.findMany', at: 'src/app.ts:6', symbol: 'get(/users)', routes: ['GET /users'], totalMs: null },
        { name: 'Post.findMany', at: 'src/posts.ts:2', symbol: 'postsOf', routes: ['GET /users'], totalMs: 200 },
        { name: 'User.count', at: 'src/posts.ts:3', symbol: 'unused', routes: [], totalMs: null },
      ],
    );
  });

  test('tells of middleware with the routes behind it', async () => {
    const { graph, ...snapshot } = await analyse({
      ...FILES,
      'src/app.ts': `import express from 'express';
import { prisma } from './db';
const app = express();
const known = async (req, res, next) => {
  req.user = await prisma.user.findUnique({ where: { id: req.id }, select: { name: true } });
  next();
};
app.use(known);
app.get('/me', (req, res) => res.json(req.user));
app.get('/posts', async (req, res) => res.json(await prisma.post.findMany({ select: { title: true }, take: 9 })));\n`,
    });
    const nothing = { measurements: new Map(), totals: new Map(), formers: new Map(), ...NO_BUDGETS, routes: [] };
    const { queries, routes } = performanceReport({ snapshot: { graph, ...snapshot }, ...nothing });
    assert.deepEqual(
      routes.map(({ name, formula }) => `${name}: ${formula}`),
      ['GET /me: 1', 'GET /posts: 2'],
    );
    assert.deepEqual(queries.find(({ line }) => line === 5)?.routes, ['GET /me', 'GET /posts']);
  });

  test('adds up what was measured', async () => {
    const { overview } = await reportOf(['Post.findMany', 'User.count']);
    const { queries, measured, executions, totalMs, lastSeen, routes } = overview;
    assert.deepEqual(
      { queries, measured, executions, totalMs, lastSeen, routes },
      { queries: 3, measured: 2, executions: 200, totalMs: 400, lastSeen: 3_600_000, routes: 1 },
    );
    assert.equal((await reportOf()).overview.lastSeen, null);
  });

  test('counts findings by severity', async () => {
    const { overview, findings } = await reportOf();
    const { error, warning, info, hint } = overview.findings;
    assert.equal(error + warning + info + hint, findings.length);
    assert.equal(warning, findings.filter(({ severity }) => severity === 'warning').length);
    assert.ok(warning > 0);
  });

  test('tells what a route costs and why, and leaves out those that ask nothing', async () => {
    const { routes, queries } = await reportOf();
    const [route, ...others] = routes;
    assert.deepEqual(others, []);
    const { terms = [], letters = [], ...rest } = route ?? {};
    assert.deepEqual(rest, {
      name: 'GET /users',
      file: 'src/app.ts',
      line: 5,
      column: 5,
      formula: '1 + N',
      measured: { answers: null, queries: QUERIES, sites: [] },
    });
    assert.deepEqual(letters, [
      { letter: 'N', of: 'rows of User.findMany', most: 50, file: 'src/app.ts', line: 8, column: 3 },
    ]);
    assert.deepEqual(
      terms.map(({ name, times, line, conditional, cached, via }) => ({ name, times, line, conditional, cached, via })),
      [
        { name: 'User.findMany', times: '1', line: 6, conditional: false, cached: false, via: [] },
        {
          ...{ name: 'Post.findMany', times: 'N', line: 2, conditional: false, cached: false },
          via: [{ name: 'postsOf', file: 'src/app.ts', line: 8, column: 44 }],
        },
      ],
    );
    assert.deepEqual(
      terms.map(({ query }) => query),
      queries.slice(0, 2).map(({ id }) => id),
    );
  });

  test('says which indexes are worth most', async () => {
    const { indexes, findings, queries } = await reportOf(['Post.findMany']);
    const [index] = indexes;
    assert.deepEqual(
      indexes.map(({ change, model, columns, totalMs }) => ({ change, model, columns, totalMs })),
      [{ change: 'add', model: 'Post', columns: ['authorId'], totalMs: 200 }],
    );
    assert.equal(index?.finding, findings.find(({ rule }) => rule === 'missing-index')?.id);
    assert.deepEqual(index?.serves, [queries.find(({ name }) => name === 'Post.findMany')?.id]);
    assert.equal((await reportOf()).indexes[0]?.totalMs, null);
  });

  test('is the same twice, and plain data', async () => {
    const report = await reportOf(['Post.findMany']);
    assert.deepEqual(JSON.parse(JSON.stringify(report)), JSON.parse(JSON.stringify(await reportOf(['Post.findMany']))));
  });
});
