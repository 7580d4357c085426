import assert from 'node:assert/strict';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { CodeLens, Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { loadSqlite } from '#bridge/sqlite.ts';
import { EVIDENCE_FILE } from '#bridge/store/storeFile.ts';
import { toUri } from '#lsp/uris.ts';
import { METHODS, SERVER_COMMANDS } from '#shared/protocol.ts';
import { forkedServer } from '#test/support/builtServer.ts';
import { type LspClient, lspClient } from '#test/support/lspClient.ts';
import { ingested, logged, measuredProject, probed } from '#test/support/measuredProject.ts';
import { ENABLED, lensBecomes, lensOf, REFRESHING } from './measuredEditor.ts';

const FILE = 'src/titles.ts';
const FIGURES = /^p50 12 ms · p95 12 ms · 3 calls\/h/;
interface Given {
  readonly settings?: unknown;
  readonly options?: object;
}

/** A server over a project of which three executions were counted. */
async function measured(context: TestContext, { settings = ENABLED, options }: Given = {}): Promise<Measured> {
  const folder = measuredProject(context);
  logged(folder, [12, 12, 12]);
  await ingested(folder);
  return { folder, ...(await served(context, folder, settings, options)) };
}

async function served(context: TestContext, folder: string, current: unknown, options?: object): Promise<Served> {
  const params = { initializationOptions: options };
  const settings = { current };
  const client = await lspClient(context, { folders: [folder], params, settings, capabilities: REFRESHING });
  client.open(FILE);
  await client.until('findings', () => client.all('querylens/findingsChanged').length > 0);
  return { client, settings };
}

interface Served {
  readonly client: LspClient;
  readonly settings: { current: unknown };
}

interface Measured extends Served {
  readonly folder: string;
}

async function hover(client: LspClient): Promise<string> {
  const at = { textDocument: { uri: client.uri(FILE) }, position: { line: 5, character: 30 } };
  const found = await client.request<Hover | null>('textDocument/hover', at);
  return (found?.contents as MarkupContent | undefined)?.value ?? '';
}

describe('measurements in the editor', () => {
  test('stand above the call and in its hover', async (context) => {
    const { client } = await measured(context);
    assert.match(await lensOf(client), FIGURES);
    const said = await hover(client);
    assert.match(said, /\*\*Measured:\*\* p50 12 ms · p95 12 ms/);
    assert.match(said, /3 calls, last seen less than an hour ago\. Match shape: no other call sends this SQL\./);
    assert.match(said, /```text\n.*≤ .* ms {2}█+ {2}3\n/);
  });

  test('are live: what is counted shows without a file being read again', async (context) => {
    const { client, folder } = await measured(context);
    assert.match(await lensOf(client), FIGURES);
    writeFileSync(join(folder, 'src/users.ts'), 'export const nothing = 1;\n');
    logged(folder, [12, 12]);
    await ingested(folder);
    client.watched('changed', '.querylens/evidence.db-wal');
    await lensBecomes(client, /5 calls\/h/);
    const coverage = await client.request<{ coverage: { queryCalls: number } }>('querylens/coverage');
    assert.equal(coverage.coverage.queryCalls, 2, 'the file that nobody said was changed is not read');
  });

  test('are found by a look where the client does not watch', async (context) => {
    const { client, folder } = await measured(context);
    logged(folder, [12, 12]);
    await ingested(folder);
    await hover(client);
    await lensBecomes(client, /5 calls\/h/);
  });

  test('are there once something is counted', async (context) => {
    const folder = measuredProject(context);
    const { client } = await served(context, folder, ENABLED);
    assert.doesNotMatch(await lensOf(client), /calls\/h/);
    logged(folder, [12, 12, 12]);
    await ingested(folder);
    client.watched('created', '.querylens');
    await lensBecomes(client, FIGURES);
  });

  test('nothing happens where nothing was counted', async (context) => {
    const { client } = await measured(context);
    await lensOf(client);
    const answers = () => client.all('querylens/findingsChanged').length;
    const before = answers();
    client.watched('changed', '.querylens/evidence.db-shm');
    await client.request('querylens/findings');
    assert.equal(answers(), before);
  });
});

describe('measurements of requests', () => {
  const ROUTES = `import express from 'express';
import { titles } from './titles';

export const app = express();
app.get('/titles', async (request, response) => {
  response.json(await titles(request.query.ids as unknown as number[]));
});
`;

  test('stand above their route and their call', async (context) => {
    const folder = measuredProject(context, { 'src/routes.ts': ROUTES });
    probed(folder, [30, 44]);
    await ingested(folder, 'probe.ndjson');
    const { client } = await served(context, folder, ENABLED);
    client.open('src/routes.ts');
    const params = { textDocument: { uri: client.uri('src/routes.ts') } };
    const [route] = await client.request<CodeLens[]>('textDocument/codeLens', params);
    assert.match(route?.command?.title ?? '', /^N queries \(37 measured\)/);
    assert.match(await lensOf(client), / · 37 per request · /);
    assert.match(await hover(client), /Match exact: the call itself was tagged\./);
  });
});

describe('trust', () => {
  const check = async (context: TestContext, given: Given, isShown: boolean): Promise<Measured> => {
    const all = await measured(context, given);
    assert.equal(FIGURES.test(await lensOf(all.client)), isShown);
    return all;
  };

  test('an editor that knows none has to ask for measurements', (context) =>
    check(context, { settings: {} }, false).then());
  test('a trusted workspace shows them', (context) => check(context, { options: { trusted: true } }, true).then());
  test('a workspace that is not trusted shows none until it is', async (context) => {
    const { client } = await check(context, { options: { trusted: false } }, false);
    await client.connection.sendNotification(METHODS.trusted);
    await lensBecomes(client, FIGURES);
  });
  test('trust alone is not asking', (context) =>
    check(context, { settings: { evidence: { enable: false } }, options: { trusted: true } }, false).then());
  test('a setting takes them away and gives them back', async (context) => {
    const { client, settings } = await check(context, {}, true);
    const set = (current: unknown) => {
      settings.current = current;
      return client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    };
    await set({ evidence: { enable: false } });
    await lensBecomes(client, /^N queries/);
    await set(ENABLED);
    await lensBecomes(client, FIGURES);
  });
});

describe('a store that cannot be read', () => {
  test('of a newer Querylens is told once, and all else works', async (context) => {
    const folder = measuredProject(context);
    logged(folder, [12]);
    await ingested(folder);
    const sqlite = await loadSqlite();
    assert.ok(sqlite.kind === 'available');
    const database = sqlite.open(join(folder, EVIDENCE_FILE));
    database.pragma('user_version = 999');
    database.close();
    const { client } = await served(context, folder, ENABLED);
    assert.match(await lensOf(client), /^N queries/);
    await client.answered(() => client.change(FILE, '\n'));
    const messages = client.all<{ message: string }>('window/showMessage').map(({ message }) => message);
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /was made by a newer Querylens/);
  });

  test('for want of the native module is told once, and all else works', async (context) => {
    const folder = measuredProject(context);
    logged(folder, [12]);
    await ingested(folder);
    const server = forkedServer(context, { alone: true });
    const client = await lspClient(context, {
      ...{ folders: [folder], settings: { current: ENABLED }, capabilities: REFRESHING },
      connect: () => server.connection,
    });
    client.open(FILE);
    await client.diagnostics(FILE, (list) => list.length === 1);
    assert.match(await lensOf(client), /^N queries/);
    const messages = () => client.all<{ message: string }>('window/showMessage').map(({ message }) => message);
    assert.equal(messages().length, 1);
    assert.match(messages()[0] ?? '', /^Querylens: measurements cannot be read: SQLite /);
    const ingest = { command: SERVER_COMMANDS.ingest, arguments: [toUri(folder), 'postgres.log'] };
    assert.equal(await client.request('workspace/executeCommand', ingest), null);
    assert.match(messages()[1] ?? '', /^Querylens: measurements cannot be kept: SQLite [^\n]*$/);
  });

  test('that is damaged is told, and a new one is begun by the next count', async (context) => {
    const { client, folder } = await measured(context);
    assert.match(await lensOf(client), FIGURES);
    writeFileSync(join(folder, EVIDENCE_FILE), 'no database at all\n'.repeat(1000));
    client.watched('changed', '.querylens/evidence.db');
    await lensBecomes(client, /^N queries/);
    logged(folder, [12, 12]);
    await ingested(folder);
    client.watched('created', '.querylens/evidence.db');
    await lensBecomes(client, /5 calls\/h/);
  });

  test('because it is gone is no trouble', async (context) => {
    const { client, folder } = await measured(context);
    assert.match(await lensOf(client), FIGURES);
    rmSync(join(folder, '.querylens'), { recursive: true });
    client.watched('deleted', '.querylens');
    await lensBecomes(client, /^N queries/);
    await ingested(folder);
    client.watched('created', '.querylens');
    await lensBecomes(client, FIGURES);
    assert.deepEqual(client.all('window/showMessage'), []);
  });

  test('because the disk refuses is told at most once, and all else works', async (context) => {
    const { client, folder } = await measured(context);
    assert.match(await lensOf(client), FIGURES);
    rmSync(join(folder, '.querylens'), { recursive: true });
    symlinkSync('.querylens', join(folder, '.querylens'));
    client.watched('changed', '.querylens/evidence.db');
    await lensBecomes(client, /^N queries/);
    assert.ok(client.all('window/showMessage').length <= 1);
  });
});
