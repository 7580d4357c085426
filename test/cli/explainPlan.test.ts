import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { CLIENT, projectFolder, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { type Printed, runCli } from './runCli.ts';

const CALLS = `import { prisma } from './db';

export const byTitle = (title?: string) => prisma.post.findMany({ where: { ...(title && { title }) } });
export const withPosts = (id: number) => prisma.user.findUnique({ where: { id }, include: { posts: true } });
export const raw = () => prisma.$queryRaw\`SELECT id FROM Post WHERE title = \${'a'}\`;
export const broken = () => prisma.$queryRaw\`SELECT id FROM Nowhere\`;
export const dynamic = prisma.user.findMany;
`;
const schemaOf = (provider: string) => SMALL_SCHEMA.replace('postgresql', provider);
const projectOf = (provider: string) => ({
  'prisma/schema.prisma': schemaOf(provider),
  'src/db.ts': CLIENT,
  'src/calls.ts': CALLS,
});

async function explain(context: TestContext, provider: string, ...args: readonly string[]): Promise<Printed> {
  return runCli(['explain', ...args], projectFolder(context, projectOf(provider)));
}

describe('explain FILE:LINE on SQLite', () => {
  const check = async (context: TestContext, line: number, lines: readonly RegExp[]): Promise<void> => {
    const { status, stdout, stderr } = await explain(context, 'sqlite', `src/calls.ts:${line}`);
    assert.equal(status, 0, stderr);
    const printed = stdout.trimEnd().split('\n');
    assert.equal(printed.length, lines.length, stdout);
    for (const [at, pattern] of lines.entries()) assert.match(printed[at] ?? '', pattern);
  };

  test('statement, plan, and what it means, for each way', (context) =>
    check(context, 3, [
      /^SELECT .*`title` = \?.*;$/,
      /^-- {3}SCAN main\.Post$/,
      /^-- reads the whole table Post: no index serves title$/,
      /^-- without where\.title$/,
      /^SELECT .*;$/,
      /^-- {3}SCAN main\.Post$/,
      /^-- reads the whole table Post: nothing narrows it$/,
    ]));
  test('each statement has its own', (context) =>
    check(context, 4, [
      /^SELECT .*`User`/,
      /^-- {3}SEARCH main\.User USING INTEGER PRIMARY KEY/,
      /^-- finds User by its primary key$/,
      /^SELECT .*`Post`/,
      /^-- {3}SEARCH main\.Post USING INDEX Post_authorId_id_idx \(authorId=\?\)$/,
      /^-- uses Post_authorId_id_idx to find Post by authorId$/,
    ]));
  test('of raw SQL no columns are claimed', (context) =>
    check(context, 5, [/^SELECT id FROM Post/, /SCAN Post$/, /^-- reads the whole table Post$/]));
  test('what the database refuses is told', (context) =>
    check(context, 6, [/^SELECT id FROM Nowhere;$/, /^-- no plan: no such table: Nowhere$/]));
});

test('as JSON', async (context) => {
  const { stdout } = await explain(context, 'sqlite', 'src/calls.ts:4', '--format', 'json');
  const { query, database, variants, notes } = JSON.parse(stdout);
  assert.deepEqual([query.model, query.operation, database, notes], ['User', 'findUnique', 'sqlite', []]);
  assert.deepEqual(
    variants[0].statements.map(({ plan }: { plan: { accesses: unknown } }) => plan.accesses),
    [
      [{ table: 'User', by: 'key', index: null, columns: ['rowid'] }],
      [{ table: 'Post', by: 'index', index: 'Post_authorId_id_idx', columns: ['authorId'] }],
    ],
  );
});

describe('where there is no plan', () => {
  const check = async (context: TestContext, provider: string, args: readonly string[], says: RegExp) => {
    const { status, stdout, stderr } = await explain(context, provider, ...args);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /unexpected failure|secret/);
  };
  const place = 'src/calls.ts:3';

  test('PostgreSQL needs to be told which', (context) =>
    check(context, 'postgresql', [place], /--postgres embedded .*\n.*--postgres URL/));
  test('others are not offered', async (context) => {
    await check(
      context,
      'mysql',
      [place],
      /plans of MySQL and MariaDB are not offered, only those of SQLite and PostgreSQL/,
    );
    await check(context, 'sqlserver', [place], /plans of SQL Server are not offered/);
    await check(context, 'mongodb', [place], /MongoDB|no Prisma call|schema/);
  });
  test('an address that is none, or where nobody listens', async (context) => {
    await check(
      context,
      'postgresql',
      [place, '--postgres', 'mysql://me:secret@host/db'],
      /takes "embedded" or an address like/,
    );
    await check(
      context,
      'postgresql',
      [place, '--postgres', 'postgresql://me:secret@127.0.0.1:1/db'],
      /cannot be used: .*ECONNREFUSED/,
    );
  });
  test('a line without a call, a file that is none', async (context) => {
    await check(context, 'sqlite', ['src/calls.ts:1'], /no Prisma call is there/);
    await check(context, 'sqlite', ['src/nowhere.ts:1'], /nowhere\.ts/);
  });
});

test('on PostgreSQL of its own the whole way works', async (context) => {
  const printed = await explain(context, 'postgresql', 'src/calls.ts:4', '--postgres', 'embedded');
  assert.equal(printed.status, 0, printed.stderr);
  assert.match(printed.stdout, /^-- finds User by its primary key$/m);
  assert.match(printed.stdout, /^-- uses Post_authorId_id_idx to find Post by authorId$/m);
});

test('the page of a rule is still printed', async (context) => {
  const { stdout } = await runCli(['explain', 'missing-index'], projectFolder(context, SMALL_PROJECT));
  assert.match(stdout, /^missing-index\n/);
});
