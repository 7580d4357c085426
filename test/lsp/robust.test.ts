import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type LspClient, lspClient, PULLING } from '#test/support/lspClient.ts';
import { LOOP, projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';

const FILE = 'src/titles.ts';

async function opened(context: TestContext): Promise<{ readonly client: LspClient; readonly folder: string }> {
  const folder = projectFolder(context, SMALL_PROJECT);
  const client = await lspClient(context, { folders: [folder] });
  await client.diagnostics(FILE);
  return { client, folder };
}

/** Still there, answering, and nothing went wrong on the way. */
async function checkSound(client: LspClient): Promise<void> {
  assert.ok(await client.request('querylens/coverage'));
  const errors = client.all<{ readonly type: number }>('window/logMessage').filter(({ type }) => type === 1);
  assert.deepEqual([errors, client.all('window/showMessage')], [[], []]);
}

const ASKED = ['textDocument/hover', 'textDocument/codeLens', 'textDocument/codeAction'];

describe('the server takes', () => {
  for (const uri of [
    'untitled:Untitled-1',
    'git:/src/titles.ts?{}',
    'file:///%E0%A4%A',
    'http://example.com/a.ts',
    '',
  ]) {
    test(`a document called "${uri}"`, async (context) => {
      const { client } = await opened(context);
      const textDocument = { uri, languageId: 'typescript', version: 1, text: LOOP };
      void client.connection.sendNotification('textDocument/didOpen', { textDocument });
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      const params = { textDocument: { uri }, position: range.start, range, context: { diagnostics: [] } };
      for (const method of ASKED)
        assert.equal((await client.request<unknown[] | null>(method, params))?.length ?? 0, 0);
      void client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      await checkSound(client);
    });
  }

  test('a folder that is no file', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const workspaceFolders = [{ uri: 'vscode-vfs://github/somebody/something', name: 'remote' }];
    const client = await lspClient(context, { folders: [folder], params: { workspaceFolders } });
    assert.equal(await client.request('querylens/coverage'), null);
    assert.deepEqual(client.all('window/showMessage'), []);
  });

  test('positions far beyond the text', async (context) => {
    const { client } = await opened(context);
    client.open(FILE);
    client.change(FILE, '\n', { start: { line: 900, character: 900 }, end: { line: 901, character: 0 } });
    const textDocument = { uri: client.uri(FILE) };
    const far = { line: 5000, character: 5000 };
    const context_ = { diagnostics: [] };
    const range = { start: far, end: far };
    for (const method of ASKED) await client.request(method, { textDocument, position: far, range, context: context_ });
    await checkSound(client);
  });

  test('a manifest that makes no sense, and none at all', async (context) => {
    const { client, folder } = await opened(context);
    writeFileSync(join(folder, 'package.json'), '{ "name": ');
    client.watched('changed', 'package.json');
    await checkSound(client);
    rmSync(join(folder, 'package.json'));
    client.watched('deleted', 'package.json');
    await checkSound(client);
  });

  test('a folder that is renamed under it, and comes back', async (context) => {
    const { client, folder } = await opened(context);
    renameSync(join(folder, 'src'), join(folder, 'lib'));
    client.watched('deleted', 'src');
    client.watched('created', 'lib/titles.ts', 'lib/db.ts');
    await client.diagnostics(FILE, (list) => list.length === 0);
    await client.diagnostics('lib/titles.ts', (list) => list.length === 1);
    renameSync(join(folder, 'lib'), join(folder, 'src'));
    client.watched('deleted', 'lib');
    client.watched('created', FILE, 'src/db.ts');
    await client.diagnostics(FILE, (list) => list.length === 1);
    await checkSound(client);
  });

  test('the loss of everything', async (context) => {
    const { client, folder } = await opened(context);
    rmSync(folder, { recursive: true });
    client.watched('deleted', '', 'package.json', FILE, 'src/db.ts', 'prisma/schema.prisma');
    await client.diagnostics(FILE, (list) => list.length === 0);
    assert.deepEqual(client.all('window/showMessage'), []);
  });

  test('files that begin to be ignored', async (context) => {
    const { client, folder } = await opened(context);
    writeFileSync(join(folder, '.gitignore'), 'src/titles.ts\n');
    client.watched('created', '.gitignore');
    await client.diagnostics(FILE, (list) => list.length === 0);
    await checkSound(client);
  });

  test('the output of a build, without looking at anything', async (context) => {
    const { client, folder } = await opened(context);
    await client.request('querylens/coverage');
    const before = client.all('querylens/findingsChanged').length;
    for (const output of ['.next', 'node_modules/a', 'dist']) mkdirSync(join(folder, output), { recursive: true });
    const written = [
      '.next/page.js',
      'node_modules/a/package.json',
      'node_modules/a/.gitignore',
      'dist',
      'dist/main.js',
    ];
    for (const file of written.filter((name) => name.includes('.'))) writeFileSync(join(folder, file), '{}');
    client.watched('created', ...written);
    await client.request('querylens/coverage');
    assert.equal(client.all('querylens/findingsChanged').length, before);
  });

  test('a file saved for the first time and closed: it stays', async (context) => {
    const { client, folder } = await opened(context);
    client.open('src/fresh.ts', LOOP);
    await client.diagnostics('src/fresh.ts', (list) => list.length === 1);
    writeFileSync(join(folder, 'src/fresh.ts'), LOOP);
    client.watched('created', 'src/fresh.ts');
    client.close('src/fresh.ts');
    client.open('src/db.ts');
    await client.answered(() => client.change('src/db.ts', `${SMALL_PROJECT['src/db.ts']}\n`));
    assert.equal(client.published('src/fresh.ts')?.diagnostics.length, 1);
    await checkSound(client);
  });

  test('a hundred quick edits with questions between them', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const client = await lspClient(context, { folders: [folder], capabilities: PULLING });
    client.open(FILE);
    const asked = Array.from({ length: 100 }, (_, index) => {
      client.change(FILE, index % 2 === 0 ? `\n${LOOP}` : LOOP);
      return client.request('textDocument/diagnostic', { textDocument: { uri: client.uri(FILE) } });
    });
    const kinds = (await Promise.all(asked)).map((report) => (report as { readonly kind: string }).kind);
    assert.deepEqual([...new Set(kinds)], ['full']);
    await checkSound(client);
  });
});
