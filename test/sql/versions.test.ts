import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCHEMA, sqlOf } from './support/checkSite.ts';

const SEARCH = 'export const f = (q: string) => prisma.user.findMany({ where: { name: { contains: q } } });';
const NOTES = 'prisma.user.findMany({ include: { notes: true } });';

async function sentBy(prisma: string, code: string, schema = SCHEMA) {
  const answer = await sqlOf(code, {
    'package.json': JSON.stringify({ dependencies: { prisma } }),
    'prisma/schema.prisma': schema,
  });
  assert.ok(answer.kind === 'compiled', JSON.stringify(answer));
  return { sql: answer.variants[0]?.statements.map(({ sql }) => sql).join('\n') ?? '', notes: answer.notes.join('\n') };
}

test('clients from 7.4 on write the marks of a search into the SQL', async () => {
  for (const [version, whole] of [
    ['7.4.0', false],
    ['7.10.0', false],
    ['7.3.0', true],
    ['6.19.0', true],
  ] as const) {
    const { sql } = await sentBy(version, SEARCH);
    assert.equal(/LIKE \$1/.test(sql), whole, `${version}: ${sql}`);
  }
});

test('a range that begins before the change says so', async () => {
  assert.match((await sentBy('^7.0.0', SEARCH)).notes, /7\.4 and newer/);
  assert.equal((await sentBy('^7.5.0', SEARCH)).notes, '');
  assert.equal((await sentBy('^7.0.0', NOTES)).notes, '');
});

test('older engines are told apart where it shows', async () => {
  assert.match((await sentBy('6.2.0', NOTES)).notes, /^Prisma 6 may differ: its Rust engine writes `IN \(\$1\)`/);
  assert.equal((await sentBy('6.2.0', SEARCH)).notes, '');
  assert.match((await sentBy('5.22.0', SEARCH)).notes, /^as Prisma 7 would send it; Prisma 5 may differ/);
});

test('a newer client than ours is said', async () => {
  assert.equal(
    (await sentBy('8.1.0', SEARCH)).notes,
    'as Prisma 7.10 would send it; the project uses 8.1, which is newer than Querylens knows',
  );
});

test('a preview feature of joins is honoured', async () => {
  const joined = `generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["relationJoins"]\n}\n${SCHEMA}`;
  const { sql } = await sentBy('7.4.0', NOTES, joined);
  assert.match(sql, /LEFT JOIN LATERAL/);
});

test('the driver adapter says in which schema the tables stand', async () => {
  const code = `import { PrismaPg } from '@prisma/adapter-pg';
export const adapter = new PrismaPg({ connectionString: '' }, { schema: 'shop' });
${NOTES}`;
  const answer = await sqlOf(code);
  assert.match(answer.kind === 'compiled' ? (answer.variants[0]?.statements[0]?.sql ?? '') : '', /FROM "shop"\."User"/);
});

test('joined numbers of 64 bits are texts from 7.3 on', async () => {
  const schema = `generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["relationJoins"]\n}\n${SCHEMA}`;
  const large = schema.replace('text   String', 'text   BigInt');
  for (const [version, code, told] of [
    ['7.2.0', NOTES, true],
    ['^7.0.0', NOTES, true],
    ['6.19.0', NOTES, true],
    ['7.3.0', NOTES, false],
    ['^7.3.0', NOTES, false],
    ['7.2.0', 'prisma.note.findMany();', false],
  ] as const)
    assert.equal((await sentBy(version, code, large)).notes.includes('`::text`'), told, `${version} ${code}`);
  assert.doesNotMatch((await sentBy('7.2.0', NOTES, schema)).notes, /::text/);
});

test('MariaDB is told apart where relations are joined', async () => {
  const joined = `generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["relationJoins"]\n}\n${SCHEMA}`;
  const { notes } = await sentBy('7.4.0', NOTES, joined.replace('"postgresql"', '"mysql"'));
  assert.match(notes, /MariaDB cannot join/);
});
