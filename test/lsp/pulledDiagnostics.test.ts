import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type {
  DocumentDiagnosticReport,
  RelatedFullDocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol';
import { type LspClient, lspClient, PULLING } from '#test/support/lspClient.ts';
import { LOOP, projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';

const FILE = 'src/titles.ts';
const QUIET = LOOP.replace('for (const id of ids)', 'const [id] = ids; if (id)');

async function pulling(context: TestContext): Promise<{ readonly client: LspClient; readonly folder: string }> {
  const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/other.ts': LOOP });
  return { client: await lspClient(context, { folders: [folder], capabilities: PULLING }), folder };
}

const pull = (client: LspClient, file: string, previousResultId?: string) =>
  client.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri: client.uri(file) },
    ...(previousResultId !== undefined && { previousResultId }),
  });

async function pullFull(client: LspClient, file: string): Promise<RelatedFullDocumentDiagnosticReport> {
  const report = await pull(client, file);
  if (report.kind !== 'full') throw new Error('a first answer is full');
  return report;
}

describe('pulled diagnostics', () => {
  test('are offered to a client that fetches, and then nothing is pushed', async (context) => {
    const { client } = await pulling(context);
    assert.deepEqual(client.initialized.capabilities.diagnosticProvider, {
      identifier: 'querylens',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    await client.request('querylens/coverage');
    assert.deepEqual(client.all('textDocument/publishDiagnostics'), []);
  });

  test('are given once, and then said to be unchanged until they change', async (context) => {
    const { client } = await pulling(context);
    client.open(FILE);
    const { items, resultId } = await pullFull(client, FILE);
    assert.deepEqual(
      items.map(({ code }) => code),
      ['n-plus-one'],
    );
    assert.deepEqual(await pull(client, FILE, resultId), { kind: 'unchanged', resultId });
    client.change(FILE, QUIET);
    const report = await pull(client, FILE, resultId);
    assert.deepEqual(report.kind === 'full' && report.items, []);
  });

  test('are about the text as it is when they are asked for', async (context) => {
    const { client } = await pulling(context);
    client.open(FILE);
    client.change(FILE, `\n\n${LOOP}`);
    const [first] = (await pullFull(client, FILE)).items;
    assert.equal(first?.range.start.line, 7);
  });

  test('of a whole workspace come with ids, and then only what changed', async (context) => {
    const { client } = await pulling(context);
    const all = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    assert.deepEqual(all.items.map(({ uri }) => uri).sort(), [client.uri('src/other.ts'), client.uri(FILE)]);
    const previousResultIds = all.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    const held = client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
    client.open(FILE);
    client.change(FILE, QUIET);
    const changed = (await held).items;
    assert.deepEqual(
      changed.map(({ uri, kind }) => [uri, kind]),
      [[client.uri(FILE), 'full']],
    );
  });

  test('of a workspace without news are held back, and given up by a cancelled client', async (context) => {
    const { client } = await pulling(context);
    const { items } = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    const previousResultIds = items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    const source = new CancellationTokenSource();
    const held = client.request('workspace/diagnostic', { previousResultIds }, source.token);
    await client.request('querylens/coverage');
    source.cancel();
    await assert.rejects(held, { code: -32800 });
  });

  test('are asked for again when something elsewhere changes an open file', async (context) => {
    const { client, folder } = await pulling(context);
    client.open(FILE);
    await pullFull(client, FILE);
    writeFileSync(join(folder, 'prisma/schema.prisma'), 'model Post {\n  id Int @id\n}\n');
    client.watched('changed', 'prisma/schema.prisma');
    await client.until('a refresh', () => client.all('workspace/diagnostic/refresh').length > 0);
    client.change(FILE, QUIET);
    assert.deepEqual((await pullFull(client, FILE)).items, []);
  });

  test('of a file nobody knows are an empty list', async (context) => {
    const { client } = await pulling(context);
    assert.deepEqual((await pullFull(client, '../elsewhere.ts')).items, []);
  });

  test('are left to the client that asks to be sent them', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const params = { initializationOptions: { diagnostics: 'push' } };
    const client = await lspClient(context, { folders: [folder], capabilities: PULLING, params });
    assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
    assert.equal((await client.diagnostics(FILE)).length, 1);
  });
});
