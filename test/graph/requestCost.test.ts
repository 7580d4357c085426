import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Cost } from '#graph/cost/cost.ts';
import { costFormula } from '#graph/cost/costFormula.ts';
import { costTerms } from '#graph/cost/costTerms.ts';
import { evaluateCost } from '#graph/cost/evaluateCost.ts';
import { requestCost } from '#graph/cost/requestCost.ts';
import { describeSite } from '#graph/describe.ts';
import { analyse } from '#test/support/analyse.ts';

const SCHEMA = `datasource db {\n  provider = "postgresql"\n}
model User {\n  id Int @id\n  name String\n  posts Post[]\n}
model Post {\n  id Int @id\n  authorId Int\n  author User @relation(fields: [authorId], references: [id])\n  tags Tag[]\n}
model Tag {\n  id Int @id\n  posts Post[]\n}`;

const HEAD = `import { PrismaClient } from '@prisma/client';
import express from 'express';
const prisma = new PrismaClient();
const app = express();\n`;

async function costOf(code: string): Promise<Cost> {
  const { graph } = await analyse({ 'prisma/schema.prisma': SCHEMA, 'src/app.ts': HEAD + code }, []);
  const entry = graph.entryPoints.find(({ fact }) => fact.route === '/x');
  assert.ok(entry);
  return requestCost(graph, entry);
}

function check(name: string, code: string, formula: string | null, letters: readonly string[] = []): void {
  test(name, async () => {
    const told = costFormula(costTerms(await costOf(code), () => 1));
    assert.deepEqual(
      [
        told.text,
        ...told.letters.map(
          ({ letter, loop }) => `${letter} ${loop.rows ? describeSite(loop.rows) : loop.loop.overText}`,
        ),
      ],
      [formula, ...letters],
    );
  });
}

const route = (body: string): string => `app.get('/x', async (req, res) => {\n${body}\n});\n`;
const USERS = 'const users = await prisma.user.findMany();\n';
const POSTS = 'prisma.post.findMany({ where: { authorId: user.id } })';

describe('what a request costs', () => {
  check('each query once', route('await prisma.user.count(); await prisma.tag.count();'), '2');
  check('nothing', route('res.end();'), null);
  check('one per row', route(`${USERS}for (const user of users) await ${POSTS};`), '1 + N', ['N User.findMany']);
  check(
    'loops over the same rows share a letter',
    route(`${USERS}for (const user of users) await ${POSTS};\nfor (const user of users) await ${POSTS};`),
    '1 + 2N',
    ['N User.findMany'],
  );
  check(
    'loops over other things do not',
    route(
      `${USERS}for (const user of users) await ${POSTS};\nfor (const tag of req.body.tags) await prisma.tag.count();`,
    ),
    '1 + N + M',
    ['N User.findMany', 'M req.body.tags'],
  );
  check(
    'loops in loops',
    route(
      `${USERS}for (const user of users) {\n  const posts = await ${POSTS};\n  for (const post of posts) await prisma.tag.count();\n}`,
    ),
    '1 + N + N·M',
    ['N User.findMany', 'M Post.findMany'],
  );
  check('a written number of turns', route('for (let i = 0; i < 3; i++) await prisma.tag.count();'), '3');
  check('through calls', `${route('await f(); await f();')}const f = () => prisma.user.count();`, '2');
  check(
    'through calls in loops',
    `${route(`${USERS}await Promise.all(users.map((user) => f(user.id)));`)}async function f(id: number) {\n  await prisma.post.count();\n  return prisma.tag.count();\n}`,
    '1 + 2N',
    ['N User.findMany'],
  );
  check(
    'what Prisma joins is one',
    route(`${USERS}await Promise.all(users.map(({ id }) => prisma.user.findUnique({ where: { id } })));`),
    '2',
  );
  check(
    'what it joins in a loop that waits is one for each of its turns',
    route(
      `${USERS}for (const user of users) {\n  const posts = await ${POSTS};\n  await Promise.all(posts.map(({ authorId: id }) => prisma.user.findUnique({ where: { id } })));\n}`,
    ),
    '1 + 2N',
    ['N User.findMany'],
  );
});

describe('what a request costs under conditions', () => {
  check(
    'a condition makes it a bound',
    route('await prisma.user.count(); if (req.query.a) await prisma.tag.count();'),
    'up to 2',
  );
  check(
    'of two branches the dearer one',
    route('if (req.query.a) await prisma.user.count(); else { await prisma.tag.count(); await prisma.post.count(); }'),
    'up to 2',
  );
  check(
    'either side of a choice',
    route('res.json(req.query.a ? await prisma.user.count() : await prisma.tag.count());'),
    '1',
  );
  check(
    'of the cases of a switch one',
    route(
      'switch (req.query.a) { case "1": await prisma.user.count(); break; case "2": await prisma.tag.count(); break; default: await prisma.post.count(); }',
    ),
    '1',
  );
  check(
    'what leaves is not added to what stands behind',
    route('if (req.query.a) { await prisma.user.count(); return; }\nawait prisma.tag.count();'),
    '1',
  );
  check(
    'what leaves deep inside neither',
    route('if (req.query.a) { if (req.query.b) { await prisma.user.count(); return; } }\nawait prisma.tag.count();'),
    '1',
  );
  check(
    'what was asked before is',
    route(
      'await prisma.post.count();\nif (req.query.a) { await prisma.user.count(); return; }\nawait prisma.tag.count();',
    ),
    'up to 2',
  );
  check(
    'a query per row is dearer than several that run once',
    route(
      `if (req.query.a) { await prisma.tag.count(); await prisma.tag.count(); }\nelse for (const id of req.body.ids) await prisma.tag.count();`,
    ),
    'N',
    ['N req.body.ids'],
  );
  check(
    'what runs when something failed is not counted',
    route('try { await prisma.user.count(); } catch { await prisma.tag.count(); }'),
    '1',
  );
  check(
    'what runs in any case is',
    route('try { await prisma.user.count(); } finally { await prisma.tag.count(); }'),
    '2',
  );
});

describe('what a request costs elsewhere', () => {
  check(
    'middleware before the handler',
    `async function signedIn(req, res, next) {\n  const user = req.headers.token ? await prisma.user.findFirst() : null;\n  if (!user) return res.end();\n  next();\n}\napp.get('/x', signedIn, async (req, res) => res.json(await prisma.tag.count()));`,
    '2',
  );
  check(
    'middleware of the application',
    `app.use(async (req, res, next) => {\n  await prisma.user.findFirst();\n  next();\n});\n${route('res.json(await prisma.tag.count());')}`,
    '2',
  );
  check(
    'middleware of another path is not asked',
    `app.use('/y', async (req, res, next) => {\n  await prisma.user.findFirst();\n  next();\n});\n${route('res.json(await prisma.tag.count());')}`,
    '1',
  );
  check(
    'recursion cannot be counted',
    `${route('await walk(1);')}async function walk(id: number) {\n  const tag = await prisma.tag.findFirst({ where: { id } });\n  if (tag) await walk(tag.id);\n}`,
    null,
  );
  check(
    'a callback that a helper runs counts once',
    `${route('res.json(await timed(() => prisma.tag.count()));')}async function timed<T>(run: () => Promise<T>) {\n  return await run();\n}`,
    '1',
  );
});

describe('a cost as a number', () => {
  const checkNumber = (name: string, code: string, turns: number, expected: number): void => {
    test(name, async () =>
      assert.equal(evaluateCost(await costOf(code), { statements: () => 2, turns: () => turns }), expected),
    );
  };
  const loop = route(`${USERS}for (const user of users) await ${POSTS};`);
  const joined = route(`${USERS}await Promise.all(users.map(({ id }) => prisma.user.findUnique({ where: { id } })));`);
  checkNumber('adds up statements', loop, 10, 22);
  checkNumber('an empty list asks no more', loop, 0, 2);
  checkNumber('what is joined is asked once', joined, 10, 4);
  checkNumber('what is joined of an empty list is not asked', joined, 0, 2);
  checkNumber(
    'takes the dearer branch at this size',
    route(
      'if (req.query.a) { await prisma.tag.count(); await prisma.tag.count(); }\nelse for (const id of req.body.ids) await prisma.tag.count();',
    ),
    1,
    4,
  );
  checkNumber(
    'recursion has no number',
    `${route('await walk(1);')}async function walk(id: number) {\n  await prisma.tag.count();\n  await walk(id);\n}`,
    1,
    Number.POSITIVE_INFINITY,
  );
});

test('a term tells the way to its query', async () => {
  const cost = await costOf(
    `${route(`${USERS}for (const user of users) await outer(user.id);`)}const outer = (id: number) => inner(id);\nconst inner = (id: number) => prisma.post.count({ where: { authorId: id } });`,
  );
  const { terms } = costTerms(cost, () => 1);
  assert.deepEqual(
    terms.map(({ site, via, loops, conditional, cached }) => ({
      ...{ site: describeSite(site), via: via.map(({ call }) => call.callee.path.join('.')), loops: loops.length },
      ...{ conditional, cached },
    })),
    [
      { site: 'User.findMany', via: [], loops: 0, conditional: false, cached: false },
      { site: 'Post.count', via: ['', ''], loops: 1, conditional: false, cached: false },
    ],
  );
});
