import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performanceReport } from '#analyzer/report/performanceReport.ts';
import { analyse } from '#test/support/analyse.ts';
import { NO_BUDGETS } from './noBudgets.ts';

const FILES = {
  'prisma/schema.prisma': `datasource db {\n  provider = "postgresql"\n}\nmodel User {\n  id Int @id\n}\nmodel Tag {\n  id Int @id\n}`,
  'src/routes.ts': `import { PrismaClient } from '@prisma/client';
import { Router } from 'express';
const prisma = new PrismaClient();
export const users = Router();
users.get('/', async (req, res) => res.json(await prisma.user.count()));
users.get('/:id', async (req, res) => res.json(await prisma.user.findUnique({ where: { id: 1 }, select: { id: true } })));
users.post('/:id', async (req, res) => res.json(await prisma.user.update({ where: { id: 1 }, data: {} })));
export const tags = Router();
tags.get('/', async (req, res) => res.json(await prisma.tag.count()));
tags.get('/users/:id', async (req, res) => res.json(await prisma.tag.findFirst({ select: { id: true } })));
`,
};

/** The entry point, by its line, that a route is found to be; null for none. */
function check(name: string, route: string, made: readonly string[], line: number | null): void {
  test(name, async () => {
    const snapshot = await analyse(FILES, []);
    const sites = snapshot.graph.sites.filter((site) => made.includes(`${site.model?.name}.${site.operation}`));
    const asked = sites.map(({ id }) => ({ site: id, requests: 1, perRequest: 1, most: 1, msPerRequest: 1 }));
    const seen = [{ route, answers: null, queries: null, sites: asked }];
    const { routes } = performanceReport({
      snapshot,
      measurements: new Map(),
      totals: new Map(),
      formers: new Map(),
      ...NO_BUDGETS,
      routes: seen,
    });
    assert.deepEqual(
      routes.filter(({ measured }) => measured !== null).map((each) => each.line),
      line === null ? [] : [line],
    );
  });
}

check('the queries tell routers apart', 'GET /api/users', ['User.count'], 5);
check('the end of the path does', 'GET /api/users/:id', ['User.findUnique'], 6);
check('parameters may have other names', 'GET /api/users/[user]', ['User.findUnique'], 6);
check('the method does', 'POST /api/users/:id', ['User.update'], 7);
check('of two that end alike the longer one', 'GET /api/users/:id', [], 10);
check('a value is no parameter', 'GET /api/users/17', ['User.findUnique'], null);
check('what fits several is none', 'GET /api', [], null);
check('a query of another route', 'GET /api/users', ['User.findUnique'], null);
