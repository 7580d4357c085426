import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

function schemaOf(provider: string, previewFeature = ''): string {
  return `datasource db {
  provider = "${provider}"
}

generator client {
  provider        = "prisma-client"
  output          = "./client"
  previewFeatures = [${previewFeature}]
}

model User {
  id    Int    @id
  name  String
  notes Note[]

  @@map("people")
}

model Note {
  id       Int       @id
  text     String
  userId   Int
  user     User      @relation(fields: [userId], references: [id])
  comments Comment[]
}

model Comment {
  id     Int  @id
  noteId Int
  note   Note @relation(fields: [noteId], references: [id])
}
`;
}

/** What is certain of the first query of a module, a line each; every variant in its own list. */
async function rowsOf(code: string, schema: string): Promise<readonly (readonly string[])[]> {
  const files = { 'prisma/schema.prisma': schema, 'src/a.ts': `import { prisma } from './db';\n${code}` };
  const { graph } = await analyse(files, []);
  const [site] = graph.sites;
  assert.ok(site, 'no query was found');
  const answer = await createSqlCompiler(memoryWorkspace(files)).sqlOf(graph, site);
  assert.ok('variants' in answer, JSON.stringify(answer));
  return answer.variants.map(({ rows }) => rows.map(({ kind, ...rest }) => [kind, ...Object.values(rest)].join(' ')));
}

async function check(code: string, expected: readonly string[], schema = schemaOf('postgresql')): Promise<void> {
  assert.deepEqual((await rowsOf(code, schema))[0], expected);
}

describe('how many rows a call gives', () => {
  test('one by its key', () => check('prisma.user.findUnique({ where: { id: 1 } });', ['at-most User 1']));
  test('the first one', () => check('prisma.user.findFirst({ where: { name: "a" } });', ['at-most User 1']));
  test('as many as `take` says', () => check('prisma.user.findMany({ take: 20 });', ['at-most User 20']));
  test('from the end too', () =>
    check('prisma.user.findMany({ take: -20, orderBy: { id: "asc" } });', ['at-most User 20']));
  test('`take` through a name', () =>
    check('const PAGE = 20;\nprisma.user.findMany({ where: { name: "a" }, take: PAGE });', ['at-most User 20']));
  test('no number where only the run knows it', () =>
    check('export const f = (take: number) => prisma.user.findMany({ take });', []));
  test('no number where a spread may have another', () =>
    check('export const f = (rest: object) => prisma.user.findMany({ take: 5, ...rest });', []));
});

describe('every row', () => {
  test('without WHERE and LIMIT', () => check('prisma.user.findMany();', ['every-row User read']));
  test('with an empty filter', () => check('prisma.user.findMany({ where: { AND: [{}] } });', ['every-row User read']));
  test('to count them', () => check('prisma.user.count();', ['every-row User read']));
  test('changed or deleted', () => check('prisma.user.deleteMany();', ['every-row User write']));
  test('not with a filter', () => check('prisma.user.findMany({ where: { name: "a" } });', []));
  test('not where the filter could not be followed', () =>
    check('export const f = (where: object) => prisma.user.findMany({ where });', []));
  test('only in the variant without the filter', async () => {
    const code = 'export const f = (name?: string) => prisma.user.findMany({ where: { ...(name && { name }) } });';
    assert.deepEqual(await rowsOf(code, schemaOf('postgresql')), [[], ['every-row User read']]);
  });
});

describe('rows left out by the client', () => {
  const nested = 'prisma.user.findMany({ where: { name: "a" }, include: { notes: { take: 3, skip: 1 } } });';
  test('`take` and `skip` of a relation', () => check(nested, ['cut-in-memory Note notes false skip,take']));
  test('on SQLite, where the statement has a LIMIT without an end', () =>
    check(nested, ['cut-in-memory Note notes false skip,take'], schemaOf('sqlite')));
  test('not where the database joins', () => check(nested, [], schemaOf('postgresql', '"relationJoins"')));
  test('`distinct` of a relation where the database joins', () =>
    check(
      'prisma.user.findMany({ where: { name: "a" }, include: { notes: { distinct: ["text"], take: 1 } } });',
      ['cut-in-memory Note notes false distinct,take'],
      schemaOf('postgresql', '"relationJoins"'),
    ));
  test('relations of relations', () =>
    check('prisma.user.findUnique({ where: { id: 1 }, include: { notes: { include: { comments: { take: 1 } } } } });', [
      'at-most User 1',
      'cut-in-memory Comment notes.comments false take',
    ]));
  test('of those that match', () =>
    check('prisma.user.findMany({ where: { name: "a" }, select: { notes: { where: { text: "a" }, take: 1 } } });', [
      'cut-in-memory Note notes true take',
    ]));
  test('not of the relation of one row, which the database cuts', () =>
    check('prisma.user.findUnique({ where: { id: 1 }, select: { notes: { take: 1 } } });', ['at-most User 1']));
  test('`distinct` with `take` reads all there are', () =>
    check('prisma.user.findMany({ distinct: ["name"], take: 5 });', [
      'every-row User read',
      'cut-in-memory User  false distinct,take',
    ]));
});

describe('counts over a whole table', () => {
  const list = 'prisma.user.findMany({ where: { name: "a" }, include: { _count: true } });';
  test('`_count` of a list', () => check(list, ['counts-table Note _count']));
  test('of a mapped table', () =>
    check('prisma.note.findMany({ where: { text: "a" }, orderBy: { comments: { _count: "desc" } }, take: 2 });', [
      'at-most Note 2',
      'counts-table Comment orderBy',
    ]));
  test('not of one row', () =>
    check('prisma.user.findUnique({ where: { id: 1 }, include: { _count: true } });', ['at-most User 1']));
  test('nor of the first one with a key', () =>
    check('prisma.user.findFirst({ where: { id: 1 }, include: { _count: true } });', ['at-most User 1']));
  test('of some rows by their keys, which do not reach into what is grouped', () =>
    check('prisma.user.findMany({ where: { id: { in: [1, 2] } }, include: { _count: true } });', [
      'counts-table Note _count',
    ]));
  test('of relations of one row, whose keys are not those of the row', () =>
    check('prisma.user.findUnique({ where: { id: 1 }, include: { notes: { include: { _count: true } } } });', [
      'at-most User 1',
      'counts-table Comment _count',
    ]));
  test('not row by row, as joins do', () => check(list, [], schemaOf('postgresql', '"relationJoins"')));
});
