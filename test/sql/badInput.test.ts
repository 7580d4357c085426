import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { SCHEMA, sqlOf } from './support/checkSite.ts';

async function reasonOf(code: string, schema = SCHEMA): Promise<string> {
  const answer = await sqlOf(code, { 'prisma/schema.prisma': schema });
  assert.equal(answer.kind, 'not-compiled', JSON.stringify(answer));
  return answer.kind === 'not-compiled' ? answer.reason : '';
}

const FIND = 'prisma.user.findMany();';

test('a call with impossible arguments says what Prisma says', async () => {
  assert.match(await reasonOf('prisma.user.findMany({ orderBy: { nowhere: "asc" } });'), /nowhere/);
  assert.match(await reasonOf('prisma.user.create({ data: {} });'), /A value is required/);
  assert.match(await reasonOf('prisma.user.findUnique({ where: {} });'), /id/);
});

test('a schema Prisma refuses', async () => {
  const broken = SCHEMA.replace('@relation(fields: [userId], references: [id])', '@relation(fields: [nowhere])');
  assert.equal(await reasonOf(FIND, broken), 'Prisma refuses the schema prisma/schema.prisma');
});

test('a provider nobody knows', async () => {
  const answer = await sqlOf(FIND, { 'prisma/schema.prisma': SCHEMA.replace('postgresql', 'oracle') });
  assert.deepEqual(answer.kind === 'compiled' && answer.notes, [
    'the schema names no database known here; this is what PostgreSQL would be asked',
  ]);
});

test('MongoDB', async () => {
  const mongo = SCHEMA.replace('postgresql', 'mongodb').replaceAll('Int    @id', 'Int @id @map("_id")');
  assert.equal(await reasonOf(FIND, mongo), 'MongoDB is not asked in SQL');
});

test('a crash of the compiler concerns one site alone', async () => {
  const files = {
    'prisma/schema.prisma': SCHEMA,
    'src/a.ts': `import { prisma } from './db';
prisma.user.groupBy({ by: ['age'], having: {} });
prisma.user.findMany({ where: { name: 'a' } });
`,
  };
  const { graph } = await analyse(files, []);
  const compiler = await createSqlCompiler(memoryWorkspace(files)).open(graph.schemas);
  assert.deepEqual(
    graph.sites.map((site) => {
      const answer = compiler.sqlOf(graph, site);
      return answer.kind === 'not-compiled' ? answer.reason.replace(/:.*/s, '') : answer.kind;
    }),
    ["Prisma's compiler crashed", 'compiled'],
  );
});

test('two schemas of one database are compiled side by side', async () => {
  const second = SCHEMA.replaceAll('User', 'Guest').replaceAll('Note', 'Visit').replaceAll('notes', 'visits');
  const files = {
    'one/prisma/schema.prisma': SCHEMA,
    'one/src/a.ts': "import { prisma } from './db';\nprisma.user.findMany();\n",
    'two/prisma/schema.prisma': second,
    'two/src/a.ts': "import { prisma } from './db';\nprisma.guest.findMany();\n",
  };
  const { graph } = await analyse(files, []);
  const compiler = await createSqlCompiler(memoryWorkspace(files)).open(graph.schemas);
  const tables = graph.sites.map((site) => {
    const answer = compiler.sqlOf(graph, site);
    const sql = answer.kind === 'compiled' ? answer.variants[0]?.statements[0]?.sql : answer.kind;
    return /FROM "public"\."(\w+)"/.exec(sql ?? '')?.[1];
  });
  assert.deepEqual(tables, ['User', 'Guest']);
});

test('a schema that was not opened says so', async () => {
  const files = { 'prisma/schema.prisma': SCHEMA, 'src/a.ts': `import { prisma } from './db';\n${FIND}` };
  const { graph } = await analyse(files, []);
  const [site] = graph.sites;
  assert.ok(site);
  const compiler = await createSqlCompiler(memoryWorkspace(files)).open([]);
  assert.deepEqual(compiler.sqlOf(graph, site), {
    kind: 'not-compiled',
    reason: 'the schema prisma/schema.prisma was not opened',
  });
});
