import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SiteSql } from '#sql/siteSql.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const HEAD = `import { Prisma } from '@prisma/client';
import * as queries from '../generated/sql';
import { prisma } from './db';
`;

async function sqlOf(
  code: string,
  provider = 'postgresql',
  more: Readonly<Record<string, string>> = {},
): Promise<SiteSql> {
  const schema = `datasource db {\n  provider = "${provider}"\n}\nmodel User {\n  id String @id @map("_id")\n}\n`;
  const files = { 'prisma/schema.prisma': schema, 'src/a.ts': `${HEAD}${code}`, ...more };
  const { graph } = await analyse(files, []);
  const [site] = graph.sites;
  assert.ok(site, 'no query was found');
  return createSqlCompiler(memoryWorkspace(files)).sqlOf(graph, site);
}

/** The statement of each variant, and the names of what is put in unknown. */
function textsOf(answer: SiteSql): readonly string[] {
  assert.equal(answer.kind, 'raw', JSON.stringify(answer));
  return answer.kind === 'raw' ? answer.variants.flatMap(({ statements }) => statements.map(({ sql }) => sql)) : [];
}

const CALL = `export const f = (id: string, n: number) => prisma.$queryRaw\`SELECT 1 WHERE id = \${id} LIMIT \${n}\`;`;

test('parameters have the places of the database', async () => {
  const expected = {
    postgresql: 'SELECT 1 WHERE id = $1 LIMIT $2',
    cockroachdb: 'SELECT 1 WHERE id = $1 LIMIT $2',
    mysql: 'SELECT 1 WHERE id = ? LIMIT ?',
    sqlite: 'SELECT 1 WHERE id = ? LIMIT ?',
    sqlserver: 'SELECT 1 WHERE id = @P1 LIMIT @P2',
  };
  for (const [provider, text] of Object.entries(expected))
    assert.deepEqual(textsOf(await sqlOf(CALL, provider)), [text], provider);
});

test('text that is not known is named', async () => {
  const answer = await sqlOf('export const f = (table: string) => prisma.$executeRawUnsafe("DELETE FROM " + table);');
  assert.deepEqual(textsOf(answer), ['DELETE FROM /* table */']);
  assert.deepEqual(answer.kind === 'raw' && answer.lost, ['table']);
  assert.deepEqual(answer.kind === 'raw' && answer.variants[0]?.statements[0]?.kind, 'execute');
});

test('nothing but unknown text has no SQL', async () => {
  const answer = await sqlOf('export const f = (sql: string) => prisma.$queryRawUnsafe(sql);');
  assert.deepEqual(answer, {
    kind: 'outline',
    model: null,
    operation: '$queryRawUnsafe',
    keys: [],
    reason: 'the text of the query is made somewhere that could not be followed',
  });
});

test('TypedSQL is read from its file', async () => {
  const call = 'export const f = (id: string) => prisma.$queryRawTyped(queries.userById(id));';
  const found = await sqlOf(call, 'postgresql', { 'prisma/sql/userById.sql': 'SELECT * FROM "User" WHERE id = $1\n' });
  assert.deepEqual(textsOf(found), ['SELECT * FROM "User" WHERE id = $1']);
  const missing = await sqlOf(call);
  assert.equal(missing.kind === 'outline' && missing.reason, 'the file userById.sql was not found beside the schema');
});

test('MongoDB has no SQL', async () => {
  assert.deepEqual(await sqlOf(CALL, 'mongodb'), { kind: 'not-compiled', reason: 'MongoDB is not asked in SQL' });
});
