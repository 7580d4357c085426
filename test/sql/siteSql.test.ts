import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SiteSql } from '#sql/siteSql.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const SCHEMA = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  name  String
  age   Int?
  notes Note[]
}

model Note {
  id     Int    @id
  text   String
  userId Int
  user   User   @relation(fields: [userId], references: [id])
}
`;

/** The SQL of the first query of a module, shortened to what the arguments decide. */
async function sqlOf(code: string, schema = SCHEMA): Promise<SiteSql> {
  const files = { 'prisma/schema.prisma': schema, 'src/a.ts': `import { prisma } from './db';\n${code}` };
  const { graph } = await analyse(files, []);
  const [site] = graph.sites;
  assert.ok(site, 'no query was found');
  return createSqlCompiler(memoryWorkspace(files)).sqlOf(graph, site);
}

/** Each variant on a line: what differs, then what follows each FROM without quotes and schema. */
async function check(code: string, expected: readonly string[], lost: readonly string[] = []): Promise<void> {
  const answer = await sqlOf(code);
  if (answer.kind === 'not-compiled' || answer.kind === 'outline') return assert.fail(JSON.stringify(answer));
  assert.equal(answer.kind, lost.length > 0 ? 'partial' : 'compiled');
  const lines = answer.variants.map(({ differs, statements }) =>
    [...differs, ...statements.map(({ sql }) => short(sql))].join(' | '),
  );
  assert.deepEqual(lines, expected);
  assert.deepEqual(answer.lost, lost);
}

function short(sql: string): string {
  return sql
    .replaceAll('"', '')
    .replaceAll('public.', '')
    .replace(/^SELECT .*? FROM /, '');
}

test('literals and stand-ins give the same text', async () => {
  await check("prisma.user.findMany({ where: { name: 'Ada' } });", ['User WHERE User.name = $1 OFFSET $2']);
  await check('export const f = (name: string) => prisma.user.findMany({ where: { name } });', [
    'User WHERE User.name = $1 OFFSET $2',
  ]);
});

test('arguments are followed through names, spreads and functions', async () => {
  await check(
    "const named = { name: 'Ada' };\nconst where = { ...named, age: { gt: 3 } };\nprisma.user.findMany({ where, take: 5 });",
    ['User WHERE (User.name = $1 AND User.age > $2) ORDER BY User.id ASC LIMIT $3 OFFSET $4'],
  );
  await check('const args = { where: { id: 1 } } satisfies object;\nprisma.user.findUnique(args);', [
    'User WHERE (User.id = $1 AND 1=1) LIMIT $2 OFFSET $3',
  ]);
});

test('a condition that may be missing makes a variant', async () => {
  await check(
    'export const f = (age?: number) => prisma.user.findMany({ where: { name: "a", ...(age && { age }) } });',
    [
      'User WHERE (User.name = $1 AND User.age = $2) OFFSET $3',
      'without where.age | User WHERE User.name = $1 OFFSET $2',
    ],
  );
  await check('export const f = (on: boolean) => prisma.user.findMany({ where: { age: on ? 1 : null } });', [
    'User WHERE User.age = $1 OFFSET $2',
    'where.age null | User WHERE User.age IS NULL OFFSET $1',
  ]);
});

test('variants with the same text are told once', async () => {
  await check('export const f = (on: boolean) => prisma.user.findMany({ where: { age: on ? 1 : 2 } });', [
    'User WHERE User.age = $1 OFFSET $2',
  ]);
});

test('what cannot be followed is said', async () => {
  await check(
    'export const f = (where: object) => prisma.user.findMany({ where });',
    ['User WHERE 1=1 OFFSET $1'],
    ['where'],
  );
});

test('relations come as statements of their own, in the order in which they are sent', async () => {
  await check('prisma.user.findMany({ include: { notes: { where: { text: "x" }, take: 1 } } });', [
    'User WHERE 1=1 OFFSET $1 | Note WHERE (Note.text = $1 AND Note.userId IN ($2)) ORDER BY Note.id ASC OFFSET $3',
  ]);
});

test('a call that cannot be compiled says why', async () => {
  const refused = await sqlOf('prisma.user.findMany({ orderBy: { nowhere: "asc" } });');
  assert.equal(refused.kind, 'not-compiled');
  assert.match(refused.kind === 'not-compiled' ? refused.reason : '', /nowhere/);
  const mongo = SCHEMA.replace('"postgresql"', '"mongodb"').replaceAll('Int    @id', 'Int @id @map("_id")');
  assert.deepEqual(await sqlOf('prisma.user.findMany();', mongo), {
    kind: 'not-compiled',
    reason: 'MongoDB is not asked in SQL',
  });
});

test('each database gets its own dialect', async () => {
  const expected = { mysql: '`main`|LIMIT ?', sqlserver: 'OFFSET @P', cockroachdb: '$1', sqlite: '`main`.' };
  for (const [provider, part] of Object.entries(expected)) {
    const schema = SCHEMA.replace('"postgresql"', `"${provider}"`);
    const answer = await sqlOf('prisma.user.findMany({ take: 1, orderBy: { id: "asc" } });', schema);
    assert.equal(answer.kind, 'compiled', `${provider}: ${JSON.stringify(answer)}`);
    const text = answer.kind === 'compiled' ? (answer.variants[0]?.statements[0]?.sql ?? '') : '';
    assert.ok(
      part.split('|').some((each) => text.includes(each)),
      `${provider}: ${text}`,
    );
  }
});
