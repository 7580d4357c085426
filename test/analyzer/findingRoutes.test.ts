import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingRoutes } from '#analyzer/findingRoutes.ts';
import { analyse } from '#test/support/analyse.ts';

const FILES = {
  'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  name  String
  posts Post[]
}

model Post {
  id       Int    @id
  authorId Int
  author   User   @relation(fields: [authorId], references: [id])
}
`,
  'src/db.ts': `import { PrismaClient } from '@prisma/client';

export const prisma = new PrismaClient();
`,
  'src/users.ts': `import { prisma } from './db';

export const everybody = () => prisma.user.findMany();
export const postsOf = (authorId: number) => prisma.post.findMany({ where: { authorId }, take: 10 });
export const script = () => prisma.post.findMany();
`,
  'src/app.ts': `import express from 'express';
import { everybody, postsOf } from './users';

const app = express();
app.get('/users', async (_request, response) => response.json(await everybody()));
app.get('/all', async (_request, response) => response.json(await everybody()));
app.get('/posts/:id', async (request, response) => response.json(await postsOf(Number(request.params.id))));
`,
};

test('a finding knows the routes that pay for it', async () => {
  const { findings, graph } = await analyse(FILES);
  const routes = findingRoutes(graph);
  const told = findings.map((finding) => [`${finding.rule} ${finding.file}:${finding.line}`, ...routes(finding)]);
  assert.deepEqual(told, [
    ['missing-index prisma/schema.prisma:13', 'GET /posts/:id'],
    ['uncached-route src/app.ts:5', 'GET /users'],
    ['uncached-route src/app.ts:6', 'GET /all'],
    ['uncached-route src/app.ts:7', 'GET /posts/:id'],
    ['unbounded-query src/users.ts:3', 'GET /all', 'GET /users'],
    ['unbounded-query src/users.ts:5'],
  ]);
});
