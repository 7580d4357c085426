import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Finding } from '#shared/finding.ts';
import { CLIENT, projectFolder } from '#test/support/projectFolder.ts';
import { runCli } from './runCli.ts';

const SCHEMA = `datasource db {
  provider = "sqlite"
}

model Author {
  id    Int    @id
  books Book[]
}

model Book {
  id       Int    @id
  title    String @map("book_title")
  authorId Int
  author   Author @relation(fields: [authorId], references: [id])
}
`;
const CALLS = `import { prisma } from './db';

export const withBooks = (id: number) => prisma.author.findUnique({ where: { id }, include: { books: true } });
`;
const PROJECT = { 'prisma/schema.prisma': SCHEMA, 'src/db.ts': CLIENT, 'src/calls.ts': CALLS };

async function missing(context: TestContext, files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { stdout, stderr } = await runCli(['lint', '--format', 'json', ...args], projectFolder(context, files));
  assert.equal(stderr, '');
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  return findings.filter(({ rule }) => rule === 'missing-index').map(({ severity, proof }) => `${severity} ${proof}`);
}

test('a plan that reads the whole table is the proof', async (context) => {
  assert.deepEqual(await missing(context, PROJECT), ['warning schema']);
  assert.deepEqual(await missing(context, PROJECT, '--plans'), ['warning plan']);
});

test('on PostgreSQL too', async (context) => {
  const files = { ...PROJECT, 'prisma/schema.prisma': SCHEMA.replace('sqlite', 'postgresql') };
  assert.deepEqual(await missing(context, files, '--postgres', 'embedded'), ['warning plan']);
});

test('a plan nobody can be asked for ends the run', async (context) => {
  for (const [provider, says] of [
    ['postgresql', /--postgres embedded/],
    ['mysql', /plans of MySQL and MariaDB are not offered/],
  ] as const) {
    const schema = SCHEMA.replace('provider = "sqlite"', `provider = "${provider}"\n  relationMode = "prisma"`);
    const { status, stdout, stderr } = await runCli(
      ['lint', '--plans'],
      projectFolder(context, { ...PROJECT, 'prisma/schema.prisma': schema }),
    );
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, says);
  }
});

test('without findings about indexes no database is asked', async (context) => {
  const schema = SCHEMA.replace('sqlite', 'mysql');
  const { status, stderr } = await runCli(
    ['lint', '--plans'],
    projectFolder(context, { ...PROJECT, 'prisma/schema.prisma': schema }),
  );
  assert.deepEqual([status, stderr], [0, '']);
});
