import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { Position } from 'vscode-languageserver-protocol';
import type { QueryPlace, SqlResult } from '#shared/protocol.ts';
import { type LspClient, lspClient } from '#test/support/lspClient.ts';
import { CLIENT, projectFolder, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const FILE = 'src/lists.ts';
const LISTS = `import { prisma } from './db';

export const names = (name?: string) => prisma.user.findMany({ where: { ...(name && { email: name }) }, include: { posts: true } });
export const both = () => Promise.all([prisma.user.count(), prisma.post.findMany({
  take: 5,
})]);
export const wrong = () => prisma.user.findMany({ orderBy: { nowhere: 'asc' } });
`;

async function opened(context: TestContext): Promise<LspClient> {
  const files = { 'prisma/schema.prisma': SMALL_SCHEMA, 'src/db.ts': CLIENT, [FILE]: LISTS };
  const client = await lspClient(context, { folders: [projectFolder(context, files)] });
  client.open(FILE);
  return client;
}

function sqlAt(client: LspClient, position: Position): Promise<SqlResult | null> {
  return client.request('querylens/sql', { textDocument: { uri: client.uri(FILE) }, position });
}

describe('querylens/sql', () => {
  const at = (name: string, position: Position, expected: string | null): void => {
    test(`at ${name}`, async (context) => {
      const result = await sqlAt(await opened(context), position);
      assert.equal(result?.name ?? null, expected);
    });
  };
  at('the name', { line: 2, character: 55 }, 'User.findMany');
  at('the arguments, the one of several calls', { line: 4, character: 3 }, 'Post.findMany');
  at('the start of its line', { line: 2, character: 0 }, 'User.findMany');
  at('the first of several calls', { line: 3, character: 2 }, 'User.count');
  at('no call', { line: 0, character: 3 }, null);

  test('gives the usual way by lines, and all ways to read', async (context) => {
    const result = await sqlAt(await opened(context), { line: 2, character: 55 });
    assert.ok(result && 'variants' in result.sql);
    assert.equal(result.sql.variants.length, 2);
    assert.match(result.lines, /^SELECT .* WHERE .*"email" = \$1 .*\nSELECT .*"Post".*$/);
    assert.match(
      result.page,
      /^-- User\.findMany\n\nSELECT\n? [\s\S]*;\n\n-- without where\.email\n\n[\s\S]*WHERE 1 = 1/,
    );
    assert.deepEqual(result.range, { start: { line: 2, character: 40 }, end: { line: 2, character: 60 } });
  });
  test('says why there is none', async (context) => {
    const result = await sqlAt(await opened(context), { line: 6, character: 50 });
    assert.equal(result?.lines, '');
    assert.match(result?.page ?? '', /^-- User\.findMany\n-- The SQL cannot be told: .*nowhere/);
  });
  test('is over the text as it is typed', async (context) => {
    const client = await opened(context);
    client.change(FILE, LISTS.replace('prisma.user.count()', 'prisma.post.count()'));
    assert.equal((await sqlAt(client, { line: 3, character: 2 }))?.name, 'Post.count');
  });
  test('can be cancelled', async (context) => {
    const client = await opened(context);
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: client.uri(FILE) }, position: { line: 2, character: 55 } };
    const answer = client.request('querylens/sql', params, source.token);
    source.cancel();
    await assert.rejects(answer, { code: -32800 });
  });
  test('of a document of nobody is null', async (context) => {
    const client = await opened(context);
    const params = { textDocument: { uri: 'untitled:Untitled-1' }, position: { line: 0, character: 0 } };
    assert.equal(await client.request('querylens/sql', params), null);
  });
});

test('querylens/queries lists the calls of a document', async (context) => {
  const client = await opened(context);
  const places = await client.request<QueryPlace[]>('querylens/queries', { textDocument: { uri: client.uri(FILE) } });
  assert.deepEqual(
    places.map(({ name, range }) => `${range.start.line}: ${name}`),
    ['2: User.findMany', '3: User.count', '3: Post.findMany', '6: User.findMany'],
  );
});
