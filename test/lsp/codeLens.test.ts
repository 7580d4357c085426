import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { CodeLens } from 'vscode-languageserver-protocol';
import { type ClientOptions, lspClient, PUSHING } from '#test/support/lspClient.ts';
import { CLIENT, projectFolder, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const ROUTES = `import express from 'express';
import { prisma } from './db';
import { titles } from './titles';

export const app = express();
app.post('/posts', async (request, response) => {
  await prisma.post.create({ data: request.body });
  response.end();
});
app.post('/titles', async (request, response) => {
  const { ids } = await prisma.user.findFirstOrThrow({ where: { email: request.body.email } });
  response.json(await titles(ids));
});
`;
const TITLES = `import { prisma } from './db';

export async function titles(ids: number[]) {
  const found = [];
  for (const id of ids) {
    found.push(await prisma.post.findFirst({ where: { title: String(id) } }));
  }
  return found;
}
`;
const FILES = {
  ...{ 'prisma/schema.prisma': SMALL_SCHEMA, 'src/db.ts': CLIENT, 'src/routes.ts': ROUTES, 'src/titles.ts': TITLES },
};

async function lenses(
  context: TestContext,
  file: string,
  options: Partial<ClientOptions> = {},
): Promise<readonly CodeLens[]> {
  const client = await lspClient(context, { folders: [projectFolder(context, FILES)], ...options });
  client.open(file);
  await client.until('findings', () => client.all('querylens/findingsChanged').length > 0);
  return (await client.request('textDocument/codeLens', { textDocument: { uri: client.uri(file) } })) ?? [];
}

describe('code lenses', () => {
  const check = async (
    context: TestContext,
    file: string,
    expected: readonly string[],
    settings?: unknown,
  ): Promise<void> => {
    const found = await lenses(context, file, { settings: { current: settings } });
    assert.deepEqual(
      found.map(({ range, command }) => `${range.start.line}: ${command?.title}`),
      expected,
    );
  };

  test('above routes', (context) =>
    check(context, 'src/routes.ts', ['5: 1 query', '9: 1 + N queries · no index · 1 finding']));
  test('above queries', (context) => check(context, 'src/titles.ts', ['5: N queries · no index · 1 finding']));
  test('in another format', (context) =>
    check(context, 'src/titles.ts', ['5: N queries, 1 finding'], { codeLens: { format: '{queries}, {findings}' } }));
  test('are gone when they are switched off', (context) =>
    check(context, 'src/titles.ts', [], { codeLens: { enable: false } }));

  test('have no command where the client has none', async (context) => {
    for (const { command } of await lenses(context, 'src/titles.ts')) assert.equal(command?.command, '');
  });
  test('show the places of their findings', async (context) => {
    const params = { initializationOptions: { commands: ['querylens.showPlaces'] } };
    const [lens] = await lenses(context, 'src/titles.ts', { params });
    assert.equal(lens?.command?.command, 'querylens.showPlaces');
    const [uri, position, locations] = lens?.command?.arguments ?? [];
    assert.match(uri, /src\/titles\.ts$/);
    assert.deepEqual(position, { line: 5, character: 21 });
    const places = locations.map(
      (each: CodeLens & { uri: string }) => `${each.uri.split('/').at(-1)}:${each.range.start.line}`,
    );
    assert.deepEqual(places.sort(), ['schema.prisma:10', 'titles.ts:4', 'titles.ts:5']);
  });
  test('are asked for anew after an answer', async (context) => {
    const capabilities = { ...PUSHING, workspace: { ...PUSHING.workspace, codeLens: { refreshSupport: true } } };
    const client = await lspClient(context, { folders: [projectFolder(context, FILES)], capabilities });
    await client.until('a refresh', () => client.all('workspace/codeLens/refresh').length > 0);
  });
});
