import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type BuiltServer, forkedServer, protocolMessages, stdioServer } from '#test/support/builtServer.ts';
import { type LspClient, lspClient } from '#test/support/lspClient.ts';
import { LOOP, projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';

const FILE = 'src/titles.ts';
const QUIET = LOOP.replace('for (const id of ids)', 'const [id] = ids; if (id)');

async function served(context: TestContext, server: BuiltServer): Promise<LspClient> {
  const folder = projectFolder(context, SMALL_PROJECT);
  return lspClient(context, { folders: [folder], connect: () => server.connection });
}

async function leave(client: LspClient): Promise<void> {
  assert.equal(await client.request('shutdown'), null);
  await client.connection.sendNotification('exit');
}

describe('the built server', () => {
  test('over standard input and output: from open to exit, and nothing but messages', async (context) => {
    const server = stdioServer(context);
    const client = await served(context, server);
    client.open(FILE);
    const [found] = await client.diagnostics(FILE, (list) => list.length === 1);
    assert.ok(existsSync(fileURLToPath(String(found?.codeDescription?.href))), 'the page is shipped');
    client.change(FILE, QUIET);
    await client.diagnostics(FILE, (list) => list.length === 0);
    await leave(client);
    assert.equal(await server.ended, 0);
    const { stdout, stderr } = server.output();
    assert.equal(stderr, '');
    assert.ok(protocolMessages(stdout).length > 5);
  });

  test('over the channel of a forked process', async (context) => {
    const server = forkedServer(context);
    const client = await served(context, server);
    assert.equal((await client.diagnostics(FILE)).length, 1);
    await leave(client);
    assert.equal(await server.ended, 0);
    const { stdout, stderr } = server.output();
    assert.deepEqual([stdout.toString(), stderr], ['', '']);
  });

  test('ends when its client goes without a word', async (context) => {
    const piped = stdioServer(context);
    await served(context, piped);
    piped.process.stdin?.end();
    assert.equal(await piped.ended, 1);
    const forked = forkedServer(context);
    await served(context, forked);
    const exit = once(forked.process, 'exit');
    forked.process.disconnect();
    assert.deepEqual(await exit, [1, null]);
  });

  test('survives a message it does not know, and code that makes no sense', async (context) => {
    const server = stdioServer(context);
    const client = await served(context, server);
    await assert.rejects(client.request('querylens/unheardOf'), { code: -32601 });
    await client.connection.sendNotification('querylens/unheardOf', {});
    client.open(FILE, '\u0000\uD800 import { from; `${`${');
    client.change(FILE, LOOP, { start: { line: 90, character: 5 }, end: { line: 400, character: 2 } });
    assert.ok(await client.request('querylens/coverage'));
    await leave(client);
    assert.equal(await server.ended, 0);
  });
});
