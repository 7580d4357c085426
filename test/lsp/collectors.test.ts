import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Hover, InitializeParams, MarkupContent } from 'vscode-languageserver-protocol';
import { toUri } from '#lsp/uris.ts';
import { type EvidenceParams, type IngestResult, METHODS, SERVER_COMMANDS } from '#shared/protocol.ts';
import { type LspClient, lspClient, PUSHING } from '#test/support/lspClient.ts';
import { logged, measuredProject } from '#test/support/measuredProject.ts';
import { ENABLED, lensBecomes, lensOf, REFRESHING } from './measuredEditor.ts';

interface Served {
  readonly client: LspClient;
  readonly folder: string;
  run<Answer = string | null>(command: string, ...given: readonly unknown[]): Promise<Answer>;
  status(): EvidenceParams | undefined;
  messages(): readonly string[];
}

async function served(context: TestContext, options: Partial<Options> = {}): Promise<Served> {
  const { settings = ENABLED, trusted, config, showsStatus } = options;
  const folder = measuredProject(context, config ? { 'querylens.config.json': JSON.stringify(config) } : {});
  const params = { initializationOptions: { trusted, showsStatus } };
  const capabilities = options.capabilities ?? REFRESHING;
  const client = await lspClient(context, { folders: [folder], params, settings: { current: settings }, capabilities });
  client.open('src/titles.ts');
  await client.until('findings', () => client.all('querylens/findingsChanged').length > 0);
  return {
    ...{ client, folder },
    run: (command, ...given) =>
      client.request('workspace/executeCommand', { command, arguments: [toUri(folder), ...given] }),
    status: () => client.all<EvidenceParams>(METHODS.evidence).at(-1),
    messages: () => client.all<{ message: string }>('window/showMessage').map(({ message }) => message),
  };
}

interface Options {
  readonly settings: unknown;
  readonly trusted: boolean;
  readonly showsStatus: boolean;
  readonly config: object;
  readonly capabilities: InitializeParams['capabilities'];
}

interface Progress {
  readonly value: {
    readonly kind: 'begin' | 'report' | 'end';
    readonly title?: string;
    readonly cancellable?: boolean;
  };
}

describe('counting a log', () => {
  test('shows how it goes, then figures, and says what became of it', async (context) => {
    const { client, folder, run, status, messages } = await served(context);
    logged(folder, [12, 12, 12]);
    logged(folder, [5], 'nobody');
    const result = await run<IngestResult>(SERVER_COMMANDS.ingest, toUri(join(folder, 'postgres.log')));
    const message = '4 executions counted, 75 % of one call, 25 % of no call that is known';
    assert.deepEqual(result, { message, unmatched: 1 });
    assert.deepEqual(messages(), [`Querylens: ${message}`]);
    await lensBecomes(client, /^p50 12 ms · p95 12 ms · 3 calls\/h/);
    await client.until('that there are measurements', () => status()?.measured === true);
    const steps = client.all<Progress>('$/progress').map(({ value }) => value);
    const begin = steps.findIndex(({ title }) => title === 'Querylens: counting postgres.log');
    assert.equal(steps[begin]?.cancellable, true);
    assert.equal(
      steps.slice(begin).some(({ kind }) => kind === 'end'),
      true,
    );
  });

  test('a client that shows answers is not told twice', async (context) => {
    const { folder, run, messages } = await served(context, { showsStatus: true });
    logged(folder, [12]);
    const result = await run<IngestResult>(SERVER_COMMANDS.ingest, 'postgres.log');
    assert.equal(result.message, '1 execution counted, each of one call');
    assert.deepEqual(messages(), []);
  });

  test('works for a client without progress', async (context) => {
    const { window: _window, ...capabilities } = PUSHING;
    const { folder, run } = await served(context, { capabilities });
    logged(folder, [12]);
    assert.equal((await run<IngestResult>(SERVER_COMMANDS.ingest, 'postgres.log')).unmatched, 0);
  });

  test('of a log that is not there fails in one sentence', async (context) => {
    const { run, messages } = await served(context);
    assert.equal(await run(SERVER_COMMANDS.ingest, 'nowhere.log'), null);
    assert.deepEqual(messages(), ['Querylens: nowhere.log: there is no such file']);
  });

  for (const [words, options] of [
    ['that is not trusted', { trusted: false }],
    ['where a setting forbids it', { settings: { evidence: { enable: false } }, trusted: true }],
  ] as const)
    test(`in a workspace ${words} does not happen`, async (context) => {
      const { folder, run, messages, status } = await served(context, options);
      logged(folder, [12]);
      assert.equal(await run(SERVER_COMMANDS.ingest, 'postgres.log'), null);
      assert.match(messages().join(), /measurements are off: the workspace must be trusted/);
      assert.deepEqual([status()?.allowed, status()?.measured], [false, false]);
    });
});

describe('clearing measurements', () => {
  const counted = async (context: TestContext): Promise<Served> => {
    const all = await served(context);
    logged(all.folder, [12, 12, 12]);
    await all.run(SERVER_COMMANDS.ingest, 'postgres.log');
    await lensBecomes(all.client, /3 calls\/h/);
    return all;
  };

  test('takes the figures away', async (context) => {
    const { client, run } = await counted(context);
    const said = await run(SERVER_COMMANDS.clearMeasurements, true);
    assert.equal(said, 'the measurements of 3 executions were cleared');
    await lensBecomes(client, /^N queries/);
  });

  test('asks before, and without an answer does nothing', async (context) => {
    const { client, run } = await counted(context);
    assert.equal(await run(SERVER_COMMANDS.clearMeasurements), null);
    const asked = client.all<{ message: string }>('window/showMessageRequest').at(-1);
    assert.match(asked?.message ?? '', /^Remove all that was measured/);
    await lensBecomes(client, /3 calls\/h/);
  });
});

describe('what is of no one call', () => {
  test('stands on a page', async (context) => {
    const { client, folder, run } = await served(context);
    logged(folder, [5, 7], 'nobody');
    await run(SERVER_COMMANDS.ingest, 'postgres.log');
    await client.until('an answer', () => client.all<EvidenceParams>(METHODS.evidence).at(-1)?.measured === true);
    const { page } = await client.request<{ page: string }>(METHODS.unmatched);
    assert.match(page, /^-- No call of the project is known to send this\./);
    assert.match(page, /\n-- 2 calls, mean 6 ms\nselect[^;]*post[^;]*where[^;]*;\n$/i);
  });
  test('and known of its model stands at the model, and at no line', async (context) => {
    const { client, folder, run } = await served(context);
    writeFileSync(join(folder, 'app.log'), 'Slow query: Post.findFirst took 1234 ms\n'.repeat(3));
    writeFileSync(
      join(folder, 'src/more.ts'),
      "import { prisma } from './db';\n\nexport const first = () => prisma.post.findFirst({ where: { title: 'a' } });\n",
    );
    client.watched('created', 'src/more.ts');
    await run(SERVER_COMMANDS.ingest, 'app.log');
    client.open('prisma/schema.prisma');
    const at = { textDocument: { uri: client.uri('prisma/schema.prisma') }, position: { line: 10, character: 8 } };
    await client.request('textDocument/hover', at);
    await client.until('measurements', () => client.all<EvidenceParams>(METHODS.evidence).at(-1)?.measured === true);
    const hover = await client.request<Hover>('textDocument/hover', at);
    const text = (hover.contents as MarkupContent).value;
    assert.match(text, /^\*\*Measured of `Post`, of which line is not known:\*\*\n\n- `Post\.findFirst`: mean 1\.2 s/);
    assert.match(await lensOf(client), /^N queries/);
  });
});

describe('giving up', () => {
  test('ends the count under way, and what was counted stays', async (context) => {
    const { client, folder, run, messages } = await served(context, { showsStatus: true });
    logged(folder, [12, 12, 12]);
    const result = run<IngestResult>(SERVER_COMMANDS.ingest, 'postgres.log');
    await client.until('progress', () => client.all('$/progress').length > 0);
    const { token } = client.all<{ token: string }>('window/workDoneProgress/create').at(-1) ?? {};
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    assert.equal((await result).message, 'stopped; what was counted until then is kept');
    assert.deepEqual(messages(), []);
  });
  test('ends the watching that is not yet begun', async (context) => {
    const { client, run, status, messages } = await served(context, { showsStatus: true });
    const said = run(SERVER_COMMANDS.startWatching);
    await client.until('progress', () => client.all('$/progress').length > 0);
    const { token } = client.all<{ token: string }>('window/workDoneProgress/create').at(-1) ?? {};
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    assert.equal(await said, null);
    assert.deepEqual([status()?.watching, messages()], [null, []]);
  });
});
