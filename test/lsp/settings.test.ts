import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { FindingsResult } from '#shared/protocol.ts';
import { type ClientOptions, type LspClient, lspClient, PUSHING } from '#test/support/lspClient.ts';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';

const FILE = 'src/titles.ts';
const CONFIG = 'querylens.config.json';
const LOUD = '{ "rules": { "n-plus-one": "error" } }';

interface Opened {
  readonly client: LspClient;
  readonly folder: string;
}

async function opened(
  context: TestContext,
  files: Readonly<Record<string, string>> = {},
  options: Partial<ClientOptions> = {},
): Promise<Opened> {
  const folder = projectFolder(context, { ...SMALL_PROJECT, ...files });
  const client = await lspClient(context, { folders: [folder], ...options });
  await client.request('querylens/coverage');
  return { client, folder };
}

/** Writes a file and tells the server as a watching client does. */
function write({ client, folder }: Opened, file: string, text: string): void {
  writeFileSync(join(folder, file), text);
  client.watched('changed', file);
}

const severity = async ({ client }: Opened, expected: number) =>
  assert.equal((await client.diagnostics(FILE, ([first]) => first?.severity === expected))[0]?.severity, expected);

const logged = (client: LspClient, part: string) =>
  client.all<{ readonly message: string }>('window/logMessage').filter(({ message }) => message.includes(part));

describe("the project's configuration", () => {
  test('counts from the start, and again when it is edited, put right or removed', async (context) => {
    const project = await opened(context, { [CONFIG]: LOUD });
    await severity(project, 1);
    write(project, CONFIG, '{ "rules": { "n-plus-one": "hint" } }');
    await severity(project, 4);
    rmSync(join(project.folder, CONFIG));
    project.client.watched('deleted', CONFIG);
    await severity(project, 2);
  });

  test('is read as it is typed', async (context) => {
    const project = await opened(context, { [CONFIG]: LOUD });
    project.client.open(CONFIG);
    project.client.change(CONFIG, '{ "rules": { "n-plus-one": "off" } }');
    await project.client.diagnostics(FILE, (list) => list.length === 0);
    project.client.close(CONFIG);
    await severity(project, 1);
  });

  test('that is broken is said at its place, and the settings before stay', async (context) => {
    const project = await opened(context, { [CONFIG]: LOUD });
    write(project, CONFIG, '{\n  "rules": { "n-plus-one": "eror" }\n}');
    const [mistake, ...others] = await project.client.diagnostics(CONFIG);
    assert.deepEqual(others, []);
    assert.match(String(mistake?.message), /must be one of off, error.*did you mean "error"/);
    assert.deepEqual(mistake?.range.start, { line: 1, character: 27 });
    assert.equal(mistake?.severity, 1);
    await severity(project, 1);
    write(project, CONFIG, LOUD);
    await project.client.diagnostics(CONFIG, (list) => list.length === 0);
  });

  test('that is broken from the start leaves the defaults', async (context) => {
    const project = await opened(context, { [CONFIG]: '{ "ruls": {} ' });
    assert.equal((await project.client.diagnostics(CONFIG)).length, 1);
    await severity(project, 2);
  });

  test('may begin to leave files out', async (context) => {
    const project = await opened(context);
    write(project, CONFIG, '{ "ignore": ["src/titles.ts"] }');
    await project.client.diagnostics(FILE, (list) => list.length === 0);
  });
});

describe('the baseline', () => {
  test('is written by a command, hides what it accepts, and shows it again when it is gone', async (context) => {
    const project = await opened(context);
    const { client, folder } = project;
    const command = { command: 'querylens.server.createBaseline', arguments: [] };
    assert.equal(
      await client.request('workspace/executeCommand', command),
      'querylens-baseline.json: 1 finding accepted',
    );
    await client.diagnostics(FILE, (list) => list.length === 0);
    rmSync(join(folder, 'querylens-baseline.json'));
    client.watched('deleted', 'querylens-baseline.json');
    await client.diagnostics(FILE, (list) => list.length === 1);
  });

  test('takes one finding more', async (context) => {
    const { client } = await opened(context);
    const { findings } = await client.request<FindingsResult>('querylens/findings');
    const add = (id: string | undefined) =>
      client.request('workspace/executeCommand', {
        command: 'querylens.server.addToBaseline',
        arguments: [client.uri(''), id],
      });
    assert.equal(await add('unknown'), null);
    assert.equal(await add(findings[0]?.finding.id), 'querylens-baseline.json: 1 finding accepted');
    await client.diagnostics(FILE, (list) => list.length === 0);
    assert.deepEqual((await client.request<FindingsResult>('querylens/findings')).findings, []);
  });

  test('that is broken hides nothing and says so once', async (context) => {
    const project = await opened(context, { 'querylens-baseline.json': 'accepted' });
    const [mistake] = await project.client.diagnostics('querylens-baseline.json');
    assert.match(String(mistake?.message), /this is not a baseline of Querylens/);
    await severity(project, 2);
    const command = { command: 'querylens.server.createBaseline', arguments: [] };
    await project.client.request('workspace/executeCommand', command);
    await project.client.request('workspace/executeCommand', command);
    assert.equal(project.client.all('window/showMessage').length, 1);
  });
});

describe("the editor's settings", () => {
  const cases: readonly (readonly [what: string, settings: unknown, severity: number | null])[] = [
    ['quieten', { rules: { 'n-plus-one': 'hint' } }, 4],
    ['never make louder', { rules: { 'n-plus-one': 'error' } }, 2],
    ['hide one rule', { rules: { 'n-plus-one': 'off' } }, null],
    ['hide all', { enable: false }, null],
    ['of other rules change nothing', { rules: { 'missing-index': 'off' } }, 2],
  ];
  for (const [what, current, expected] of cases) {
    test(what, async (context) => {
      const { client } = await opened(context, {}, { settings: { current } });
      assert.equal(client.published(FILE)?.diagnostics[0]?.severity ?? null, expected);
    });
  }

  test('count at once when they change', async (context) => {
    const settings: { current: unknown } = { current: null };
    const project = await opened(context, {}, { settings });
    settings.current = { rules: { 'n-plus-one': 'info' } };
    void project.client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await severity(project, 3);
  });

  test('are taken from a client that sends them by itself', async (context) => {
    const capabilities = { ...PUSHING, workspace: { ...PUSHING.workspace, configuration: false } };
    const project = await opened(context, {}, { capabilities });
    void project.client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { querylens: { rules: { 'n-plus-one': 'info' } } },
    });
    await severity(project, 3);
  });

  test('that are unknown or of a wrong type are one line in the log, and the defaults stay', async (context) => {
    const current = {
      enable: 'yes',
      colour: 'blue',
      codeLens: 7,
      rules: { 'n-plus-one': 'loud' },
      hover: { on: true },
    };
    const project = await opened(context, {}, { settings: { current } });
    await severity(project, 2);
    assert.deepEqual(
      logged(project.client, 'settings of the editor').map(({ message }) => message),
      [
        'settings of the editor: querylens.colour is unknown; querylens.codeLens must be an object; querylens.hover.on is unknown; ' +
          'querylens.enable cannot be "yes"; the default stays; querylens.rules.n-plus-one cannot be "loud"; the default stays',
      ],
    );
    assert.deepEqual(project.client.all('window/showMessage'), []);
  });
});

describe('files', () => {
  test('are watched where the client can', async (context) => {
    const { client } = await opened(context, { [CONFIG]: '{ "baseline": "accepted.json" }' });
    await client.until('watchers', () =>
      JSON.stringify(client.all('client/registerCapability')).includes('accepted.json'),
    );
    const text = JSON.stringify(client.all('client/registerCapability'));
    for (const part of [
      'tsx',
      'prisma',
      'sql',
      'tsconfig',
      'package.json',
      'pnpm-workspace.yaml',
      '.gitignore',
      CONFIG,
    ])
      assert.ok(text.includes(part), part);
  });

  test('are looked at on save where the client cannot watch', async (context) => {
    const capabilities = { ...PUSHING, workspace: { configuration: false } };
    const project = await opened(context, {}, { capabilities });
    assert.deepEqual(project.client.all('client/registerCapability'), []);
    writeFileSync(join(project.folder, CONFIG), LOUD);
    project.client.open(FILE);
    project.client.save(FILE);
    await severity(project, 1);
  });
});
