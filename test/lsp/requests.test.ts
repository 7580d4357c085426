import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { BUILT_IN_RULES } from '#analyzer/builtInRules.ts';
import { RULES } from '#rules/index.ts';
import {
  type CoverageResult,
  type FindingsResult,
  type RuleView,
  SERVER_COMMANDS,
  type StatusParams,
} from '#shared/protocol.ts';
import { type LspClient, lspClient, PUSHING } from '#test/support/lspClient.ts';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';

const ROUTES = `import express from 'express';
import { titles } from './titles';

const app = express();

app.get('/titles', async (request, response) => response.json(await titles(request.body.ids)));
`;

async function opened(context: TestContext, files: Readonly<Record<string, string>> = {}): Promise<LspClient> {
  return lspClient(context, { folders: [projectFolder(context, { ...SMALL_PROJECT, ...files })] });
}

const run = (client: LspClient, command: string, ...given: readonly unknown[]) =>
  client.request('workspace/executeCommand', { command: `querylens.server.${command}`, arguments: given });

interface Progress {
  readonly value: { readonly kind: string };
}

describe('querylens/findings', () => {
  test('gives each finding with its file and the routes that reach it', async (context) => {
    const client = await opened(context, { 'src/routes.ts': ROUTES });
    const { findings, problems } = await client.request<FindingsResult>('querylens/findings', {});
    const listed = findings.map(({ finding, ...rest }) => ({ rule: finding.rule, file: finding.file, ...rest }));
    assert.deepEqual(listed, [
      { rule: 'n-plus-one', file: 'src/titles.ts', uri: client.uri('src/titles.ts'), routes: ['GET /titles'] },
    ]);
    assert.deepEqual(problems, []);
  });

  test('waits for the text as it is', async (context) => {
    const client = await opened(context);
    client.open('src/titles.ts');
    client.change('src/titles.ts', 'export {};');
    assert.deepEqual((await client.request<FindingsResult>('querylens/findings')).findings, []);
  });

  test('of an unknown folder is empty', async (context) => {
    const client = await opened(context);
    const params = { folder: 'file:///nowhere' };
    assert.deepEqual(await client.request('querylens/findings', params), { folder: '', findings: [], problems: [] });
    assert.equal(await client.request('querylens/coverage', params), null);
  });
});

test('querylens/rules gives every rule with its page', async (context) => {
  const client = await opened(context);
  const rules = await client.request<readonly RuleView[]>('querylens/rules');
  const ids = [...RULES.map(({ meta }) => meta.id), ...BUILT_IN_RULES.map(({ id }) => id)];
  assert.deepEqual(
    rules.map(({ id, page }) => [id, page]),
    ids.map((id) => [id, `file:///pages/${id}/README.md`]),
  );
});

test('querylens/coverage says how much was understood', async (context) => {
  const client = await opened(context);
  const { coverage } = await client.request<CoverageResult>('querylens/coverage');
  assert.deepEqual(coverage, { files: 2, parsed: 2, queryCalls: 1, understood: 1, unresolved: [] });
});

describe('commands', () => {
  test('are all announced', async (context) => {
    const { initialized } = await opened(context);
    assert.deepEqual(initialized.capabilities.executeCommandProvider?.commands, Object.values(SERVER_COMMANDS));
  });

  test('open the page of a rule in the client', async (context) => {
    const client = await opened(context);
    const uri = 'file:///pages/n-plus-one/README.md';
    assert.equal(await run(client, 'openRulePage', 'n-plus-one'), uri);
    assert.deepEqual(client.all('window/showDocument'), [{ uri, external: false }]);
  });

  test('scan anew, with progress', async (context) => {
    const client = await opened(context);
    await client.request('querylens/coverage');
    const bars = () =>
      client.all<Progress>('$/progress').flatMap(({ value: { kind } }) => (kind === 'report' ? [] : kind));
    await client.until('the end of the first scan', () => bars().includes('end'));
    await run(client, 'scan');
    await client.until('the end of the second scan', () => bars().length === 4);
    assert.deepEqual(bars(), ['begin', 'end', 'begin', 'end']);
  });

  test('nobody knows do nothing', async (context) => {
    assert.equal(await run(await opened(context), 'dance'), null);
  });
});

describe('status', () => {
  test('goes from scanning to ready with counts', async (context) => {
    const client = await opened(context);
    await client.request('querylens/coverage');
    const statuses = client.all<StatusParams>('querylens/status').map(({ status }) => status);
    assert.equal(statuses[0]?.kind, 'scanning');
    const last = statuses.at(-1);
    assert.deepEqual(last?.kind === 'ready' && last.counts, { error: 0, warning: 1, info: 0, hint: 0 });
  });

  test('is told without progress to a client that shows none', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const client = await lspClient(context, { folders: [folder], capabilities: {} });
    await client.request('querylens/coverage');
    assert.deepEqual(client.all('window/workDoneProgress/create'), []);
    assert.deepEqual(client.all('$/progress'), []);
  });

  test('says that a scan was stopped, and a change starts it again', async (context) => {
    const client = await opened(context);
    const [{ token } = { token: '' }] = await created(client);
    void client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    client.open('src/titles.ts');
    client.change('src/titles.ts', `\n${SMALL_PROJECT['src/titles.ts']}`);
    const [moved] = await client.diagnostics('src/titles.ts', ([first]) => first?.range.start.line === 6);
    assert.equal(moved?.code, 'n-plus-one');
  });
});

async function created(client: LspClient): Promise<readonly { readonly token: string }[]> {
  const all = () => client.all<{ readonly token: string }>('window/workDoneProgress/create');
  await client.until('a progress bar', () => all().length > 0);
  return all();
}

describe('requests', () => {
  test('that are cancelled are answered so', async (context) => {
    const client = await opened(context);
    client.open('src/titles.ts');
    client.change('src/titles.ts', 'export {};');
    const source = new CancellationTokenSource();
    const asked = client.request('querylens/findings', {}, source.token);
    source.cancel();
    await assert.rejects(asked, { code: -32800 });
  });

  test('that fail are answered with nothing, and logged once by name', async (context) => {
    const client = await opened(context);
    await client.request('querylens/coverage');
    const wrong = { command: 'querylens.server.addToBaseline', arguments: 'none' };
    assert.equal(await client.request('workspace/executeCommand', wrong), null);
    for (let i = 0; i < 2; i++)
      await client.request('textDocument/hover', { textDocument: null, position: null }).catch(() => null);
    const failures = client
      .all<{ readonly message: string; readonly type: number }>('window/logMessage')
      .filter(({ type }) => type === 1);
    assert.equal(failures.length, 1, JSON.stringify(failures));
    assert.match(failures[0]?.message ?? '', /^hover failed: /);
    assert.deepEqual(client.all('window/showMessage'), []);
  });

  test('are traced with times when the client wants to know', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const client = await lspClient(context, { folders: [folder], params: { trace: 'verbose' } });
    await client.request('querylens/coverage');
    const [line] = client.all<{ readonly message: string; readonly verbose?: string }>('$/logTrace');
    assert.match(line?.message ?? '', /^looked at .*: 1 finding/);
    assert.match(line?.verbose ?? '', /facts \d/);
  });

  test('of a client that says how it counts columns are answered in its terms', async (context) => {
    const text = SMALL_PROJECT['src/titles.ts'].replace('titles.push(await', '/* ä€😀 */ titles.push(await');
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/titles.ts': text });
    const columns = async (positionEncodings: string[]) => {
      const capabilities = { ...PUSHING, general: { positionEncodings } };
      const client = await lspClient(context, { folders: [folder], capabilities });
      const [first] = await client.diagnostics('src/titles.ts');
      return [client.initialized.capabilities.positionEncoding, first?.range.start.character];
    };
    assert.deepEqual(await columns(['utf-16', 'utf-8']), ['utf-16', 33]);
    assert.deepEqual(await columns(['utf-8']), ['utf-8', 38]);
    assert.deepEqual(await columns(['utf-32']), ['utf-16', 33]);
  });
});
