import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryFingerprint } from '#graph/queryFingerprint.ts';
import { analyse } from '#test/support/analyse.ts';

const SCHEMA = `
datasource db {
  provider = "postgresql"
}
model Order {
  id     Int @id
  status String
  total  Int
  userId Int
  user   User @relation(fields: [userId], references: [id])
}
model User {
  id     Int @id
  name   String
  orders Order[]
}
`;
const CLIENT = `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`;

/** Of the only query in `code`, `prisma` being the client. */
async function fingerprint(code: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { graph } = await analyse(
    {
      'prisma/schema.prisma': SCHEMA,
      'src/db.ts': CLIENT,
      'src/orders.ts': `import { prisma } from './db';\n${code}`,
      ...more,
    },
    [],
  );
  const [site, ...others] = graph.sites;
  assert.ok(site && others.length === 0, `${graph.sites.length} queries`);
  return queryFingerprint(graph, site);
}

const LIST = `export const list = (status: string) => prisma.order.findMany({ where: { status }, take: 50 });`;

async function checkSame(...codes: readonly string[]): Promise<void> {
  const found = await Promise.all(codes.map((code) => fingerprint(code)));
  assert.deepEqual(
    found,
    Array.from(found, () => found[0]),
  );
}

async function checkDifferent(...codes: readonly string[]): Promise<void> {
  const found = await Promise.all(codes.map((code) => fingerprint(code)));
  assert.equal(new Set(found).size, codes.length, found.join());
}

test('moves, layout, comments and the order of keys change nothing', () =>
  checkSame(
    LIST,
    `\n\n// moved\nexport async function find(status: string) {
      return await prisma.order.findMany({
        take: 50, // a page
        where: { status: status },
      });
    }`,
  ));

test('names of variables and parameters change nothing', () =>
  checkSame(
    LIST,
    `export const list = (wanted: string) => prisma.order.findMany({ where: { status: wanted }, take: 50 });`,
    `export const list = (query: { status: string }) => prisma.order.findMany({ where: { status: query.status }, take: 50 });`,
    `const PAGE = 50;
     export const list = (status: string) => { const args = { where: { status }, take: PAGE }; return prisma.order.findMany(args); };`,
  ));

test('what is asked makes a difference', () =>
  checkDifferent(
    LIST,
    LIST.replace('50', '500'),
    LIST.replace('{ status }', '{ status, total: 3 }'),
    LIST.replace('{ status }', '{ status: { not: status } }'),
    LIST.replace('{ status }', "{ status: 'open' }"),
    LIST.replace('take: 50', 'take: 50, include: { user: true }'),
    LIST.replace('findMany', 'findFirst'),
    LIST.replace('prisma.order', 'prisma.user').replace('{ status }', '{ name: status }'),
    LIST.replace('where: { status }, ', ''),
  ));

test('an object that is built up makes a difference by what is written into it', () => {
  const built = (line: string) =>
    `export function list(status?: string) { const where: Record<string, unknown> = {}; ${line} return prisma.order.findMany({ where }); }`;
  return checkDifferent(
    built(''),
    built('where.status = status;'),
    built('if (status) where.status = status;'),
    built('where.total = 3;'),
  );
});

test('an object another function gives is part of the query, wherever that stands', async () => {
  const code = `import { mine } from './mine';\nexport const list = (user: number) => prisma.order.findMany({ where: { ...mine(user) } });`;
  const withRule = (rule: string) => fingerprint(code, { 'src/mine.ts': rule });
  const before = await withRule('export function mine(user: number) { return { userId: user }; }');
  assert.equal(await withRule('\n\nexport const mine = (owner: number) => ({ userId: owner });'), before);
  assert.notEqual(await withRule('export function mine(user: number) { return { userId: user, total: 0 }; }'), before);
});

test('how one value is come by is no part of the query', () =>
  checkSame(
    `const now = () => Date.now(); export const list = () => prisma.order.findMany({ where: { total: now() } });`,
    `const now = () => Date.now() + 5 * 60; export const list = () => prisma.order.findMany({ where: { total: now() } });`,
  ));

test('raw SQL is its text', async () => {
  const raw = (sql: string) => `export const top = (status: string) => prisma.$queryRaw\`${sql}\`;`;
  await checkSame(
    raw(`SELECT id FROM "Order" WHERE status = \${status}`),
    raw(`\n  SELECT id\n  FROM "Order"\n  WHERE status = \${status.trim()}\n`),
  );
  await checkDifferent(
    raw('SELECT id FROM "Order"'),
    raw('SELECT id, total FROM "Order"'),
    raw(`SELECT id FROM "Order" WHERE status = \${status}`),
  );
});

test('arguments that only callers know are one query', () =>
  checkSame(
    `export const list = (args: object) => prisma.order.findMany(args);`,
    `export const list = (options: object) => prisma.order.findMany(options);\nlist({ where: { id: 1 } });`,
  ));
