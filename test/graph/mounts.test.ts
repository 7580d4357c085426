import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { routePath } from '#graph/mounts.ts';
import { analyse } from '#test/support/analyse.ts';

const PRISMA = `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`;
const SCHEMA = `datasource db {\n  provider = "postgresql"\n}\nmodel Tag {\n  id Int @id\n}`;
const QUERY = 'async (req, res) => res.json(await prisma.tag.count())';

/** The paths of the routes whose own path is `/x`. */
function check(name: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(name, async () => {
    const { graph } = await analyse({ 'prisma/schema.prisma': SCHEMA, 'src/db.ts': PRISMA, ...files }, []);
    const entries = graph.entryPoints.filter(({ fact }) => fact.kind === 'route' && fact.route === '/x');
    assert.deepEqual(
      entries.map((entry) => routePath(graph, entry)),
      expected,
    );
  });
}

const express = (code: string) => `import express, { Router } from 'express';\nimport { prisma } from './db';\n${code}`;
const tags = express(`export const tags = Router();\ntags.get('/x', ${QUERY});`);

describe('the whole path of a route', () => {
  check('is its own on an application', { 'src/app.ts': express(`const app = express();\napp.get('/x', ${QUERY});`) }, [
    '/x',
  ]);
  check(
    'begins with where its router is hung',
    {
      'src/tags.ts': tags,
      'src/app.ts': express(`import { tags } from './tags';\nconst app = express();\napp.use('/api/tags', tags);`),
    },
    ['/api/tags/x'],
  );
  check(
    'goes through routers on routers',
    {
      'src/tags.ts': tags,
      'src/api.ts': express(
        `import { tags } from './tags';\nconst api = Router();\napi.use('/tags', tags);\nexport default api;`,
      ),
      'src/app.ts': express(`import api from './api';\nconst app = express();\napp.use('/api', api);`),
    },
    ['/api/tags/x'],
  );
  check(
    'tells routers of one file apart',
    {
      'src/both.ts': express(
        `export const one = Router();\nexport const two = Router();\none.get('/x', ${QUERY});\ntwo.get('/x', ${QUERY});`,
      ),
      'src/app.ts': express(
        `import { one, two } from './both';\nconst app = express();\napp.use('/one', one);\napp.use('/two', two);`,
      ),
    },
    ['/one/x', '/two/x'],
  );
  check(
    'of a router in the file of the application',
    {
      'src/app.ts': express(
        `const app = express();\nconst tags = Router();\ntags.get('/x', ${QUERY});\napp.use('/tags', tags);`,
      ),
    },
    ['/tags/x'],
  );
  check(
    'of a router that is hung up twice is its own',
    {
      'src/tags.ts': tags,
      'src/app.ts': express(
        `import { tags } from './tags';\nconst app = express();\napp.use('/v1', tags);\napp.use('/v2', tags);`,
      ),
    },
    ['/x'],
  );
  check(
    'is that of a Hono application on another',
    {
      'src/tags.ts': `import { Hono } from 'hono';\nimport { prisma } from './db';\nexport const tags = new Hono();\ntags.get('/x', async (c) => c.json(await prisma.tag.count()));`,
      'src/app.ts': `import { Hono } from 'hono';\nimport { tags } from './tags';\nexport const app = new Hono();\napp.route('/tags', tags);`,
    },
    ['/tags/x'],
  );
  check(
    'has the prefix of a Fastify plugin',
    {
      'src/tags.ts': `import { prisma } from './db';\nexport async function tags(fastify) {\n  fastify.get('/x', async () => prisma.tag.count());\n}`,
      'src/app.ts': `import Fastify from 'fastify';\nimport { tags } from './tags';\nconst fastify = Fastify();\nfastify.register(tags, { prefix: '/tags' });`,
    },
    ['/tags/x'],
  );
  check(
    'has none where a function fills the application',
    {
      'src/tags.ts': express(`export function addTags(app) {\n  app.get('/x', ${QUERY});\n}`),
      'src/app.ts': express(`import { addTags } from './tags';\nconst app = express();\naddTags(app);`),
    },
    ['/x'],
  );
});
