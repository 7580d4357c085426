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

const LISTS = `import { prisma } from './db';

export const posts = () => prisma.post.findMany({ where: { title: 'a' }, take: 5 });
export const users = () => prisma.user.findMany({ take: 5, include: { posts: true } });
export const wrong = () => prisma.user.findMany({ take: 5, include: { posts: true }, orderBy: { nowhere: 'asc' } });
export const open = (where: object) => prisma.user.findMany({ where, include: { posts: true }, take: 5 });
`;

/** Lenses as an editor shows them: those that are not complete are asked for one by one. */
async function resolved(
  context: TestContext,
  file: string,
  options: Partial<ClientOptions> = {},
): Promise<readonly CodeLens[]> {
  const folder = projectFolder(context, { ...FILES, 'src/lists.ts': LISTS });
  const client = await lspClient(context, { folders: [folder], ...options });
  client.open(file);
  const all = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: client.uri(file) } });
  return Promise.all(all.map((each) => (each.command ? each : client.request<CodeLens>('codeLens/resolve', each))));
}

describe('code lenses that count SQL statements', () => {
  const check = async (
    context: TestContext,
    expected: readonly string[],
    settings?: unknown,
    file = 'src/lists.ts',
  ): Promise<void> => {
    const found = await resolved(context, file, { settings: { current: settings } });
    const shown = found.map(({ range, command }) => `${range.start.line}: ${command?.title}`);
    assert.deepEqual(shown, expected);
  };

  test('stand above calls that may send several', (context) =>
    check(context, ['3: 2 queries', '4: SQL unknown', '5: at least 2 queries']));
  test('stand above all where a setting says so', (context) =>
    check(context, ['2: 1 query', '3: 2 queries', '4: SQL unknown', '5: at least 2 queries'], {
      codeLens: { statements: 'all' },
    }));
  test('stand above none where a setting says so', (context) =>
    check(context, [], { codeLens: { statements: 'off' } }));
  test('are not asked for by a format without them', (context) =>
    check(context, [], { codeLens: { format: '{index}' } }));
  test('say what a loop makes of them', (context) =>
    check(context, ['5: N queries · no index · 1 finding'], { codeLens: { statements: 'all' } }, 'src/titles.ts'));
  test('compile nothing before they are seen', async (context) => {
    const found = await lenses(context, 'src/lists.ts', {
      folders: [projectFolder(context, { ...FILES, 'src/lists.ts': LISTS })],
    });
    assert.deepEqual(
      found.map(({ command }) => command),
      [undefined, undefined, undefined],
    );
  });
  test('open the SQL where nothing is wrong', async (context) => {
    const params = { initializationOptions: { commands: ['querylens.showPlaces', 'querylens.showSql'] } };
    const [lens] = await resolved(context, 'src/lists.ts', { params });
    assert.equal(lens?.command?.command, 'querylens.showSql');
    const [uri, position] = lens?.command?.arguments ?? [];
    assert.match(uri, /src\/lists\.ts$/);
    assert.deepEqual(position, { line: 3, character: 47 });
  });
  test('of a call that is gone say nothing', async (context) => {
    const folder = projectFolder(context, { ...FILES, 'src/lists.ts': LISTS });
    const client = await lspClient(context, { folders: [folder] });
    client.open('src/lists.ts');
    const params = { textDocument: { uri: client.uri('src/lists.ts') } };
    const [lens] = await client.request<CodeLens[]>('textDocument/codeLens', params);
    client.change('src/lists.ts', 'export const none = 1;\n');
    const after = await client.request<CodeLens>('codeLens/resolve', lens);
    assert.deepEqual(after.command, { title: '', command: '' });
  });
});

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
  test('of a route without findings lead to it in the report', async (context) => {
    const params = { initializationOptions: { commands: ['querylens.showReport'] } };
    const [lens] = await lenses(context, 'src/routes.ts', { params });
    assert.equal(lens?.command?.command, 'querylens.showReport');
    const [folder, ...place] = lens?.command?.arguments ?? [];
    assert.match(folder, /^file:/);
    assert.deepEqual(place, ['src/routes.ts', 6]);
  });
  test('are asked for anew after an answer', async (context) => {
    const capabilities = { ...PUSHING, workspace: { ...PUSHING.workspace, codeLens: { refreshSupport: true } } };
    const client = await lspClient(context, { folders: [projectFolder(context, FILES)], capabilities });
    await client.until('a refresh', () => client.all('workspace/codeLens/refresh').length > 0);
  });
});
