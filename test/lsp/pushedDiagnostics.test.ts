import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { type LspClient, lspClient, type Published } from '#test/support/lspClient.ts';
import { LOOP, projectFolder, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const FILE = 'src/titles.ts';
const SCHEMA = 'prisma/schema.prisma';
const QUIET = LOOP.replace('for (const id of ids)', 'const [id] = ids; if (id)');

/** A client on a small project whose one finding has been published. */
async function small(context: TestContext, more: Readonly<Record<string, string | Buffer>> = {}): Promise<Small> {
  const folder = projectFolder(context, { ...SMALL_PROJECT, ...more });
  const client = await lspClient(context, { folders: [folder] });
  await client.diagnostics(FILE);
  return { folder, client };
}

interface Small {
  readonly folder: string;
  readonly client: LspClient;
}

const codes = (list: readonly Diagnostic[]) => list.map(({ code }) => code);
const isEmpty = (list: readonly Diagnostic[]) => list.length === 0;
const publications = (client: LspClient) => client.all<Published>('textDocument/publishDiagnostics');

describe('pushed diagnostics', () => {
  test('say what, where, why and where to read on, of files that are not open', async (context) => {
    const { client } = await small(context);
    const [diagnostic, ...others] = (await client.diagnostics(FILE)).map(({ data, message, ...rest }) => {
      assert.match(String(message), /runs once per element of `ids`/);
      assert.deepEqual(Object.keys(data), ['folder', 'finding']);
      return rest;
    });
    assert.deepEqual(others, []);
    assert.deepEqual(diagnostic, {
      range: { start: { line: 5, character: 22 }, end: { line: 5, character: 43 } },
      severity: 2,
      code: 'n-plus-one',
      codeDescription: { href: 'file:///pages/n-plus-one/README.md' },
      source: 'querylens',
      relatedInformation: diagnostic?.relatedInformation,
    });
    assert.equal(client.published(FILE)?.version, undefined);
  });

  test('point from a schema into code and from code into other files', async (context) => {
    const { client } = await small(context, {
      [SCHEMA]: SMALL_SCHEMA.replace('  @@index([authorId, id])\n', ''),
    });
    const index = (await client.diagnostics(SCHEMA)).find(({ code }) => code === 'missing-index');
    const places = index?.relatedInformation?.map(({ location }) => location.uri) ?? [];
    assert.ok(places.includes(client.uri(FILE)), places.join());
  });

  test('follow an edit, with the version they were made from', async (context) => {
    const { client } = await small(context);
    client.open(FILE);
    client.change(FILE, QUIET);
    await client.diagnostics(FILE, isEmpty);
    client.change(FILE, `\n${LOOP}`);
    const [moved] = await client.diagnostics(FILE, (list) => list.length === 1);
    assert.equal(moved?.range.start.line, 6);
    assert.equal(client.published(FILE)?.version, 3);
  });

  test('follow edits of parts of a text', async (context) => {
    const { client } = await small(context);
    client.open(FILE);
    client.change(FILE, '// x\n', { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    const [moved] = await client.diagnostics(FILE, ([first]) => first?.range.start.line === 6);
    assert.equal(moved?.range.start.character, 22);
  });

  test('are sent for files whose list changed and no others', async (context) => {
    const { client } = await small(context, { 'src/other.ts': LOOP });
    await client.diagnostics('src/other.ts');
    const before = publications(client).length;
    client.open('src/other.ts');
    await client.answered(() => client.change('src/other.ts', `${LOOP}\n// nothing new`));
    assert.equal(publications(client).length, before);
    await client.answered(() => client.change('src/other.ts', QUIET));
    assert.deepEqual(
      publications(client)
        .slice(before)
        .map(({ uri }) => uri),
      [client.uri('src/other.ts')],
    );
  });

  test('come back to the text on the disk when a document is closed', async (context) => {
    const { client } = await small(context);
    client.open(FILE);
    client.change(FILE, QUIET);
    await client.diagnostics(FILE, isEmpty);
    client.close(FILE);
    assert.deepEqual(codes(await client.diagnostics(FILE, (list) => list.length === 1)), ['n-plus-one']);
    assert.equal(client.published(FILE)?.version, undefined);
  });

  test('cost nothing for a document that is opened and closed as it lies on the disk', async (context) => {
    const { client } = await small(context);
    await client.request('querylens/coverage');
    const before = client.all('querylens/findingsChanged').length;
    client.open(FILE);
    client.close(FILE);
    await client.request('querylens/coverage');
    assert.equal(client.all('querylens/findingsChanged').length, before);
  });

  test('follow a schema that is edited elsewhere', async (context) => {
    const renamed = SMALL_SCHEMA.replace('model Post', 'model Entry').replace('Post[]', 'Entry[]');
    const folder = projectFolder(context, { ...SMALL_PROJECT, [SCHEMA]: renamed });
    const client = await lspClient(context, { folders: [folder] });
    await client.request('querylens/coverage');
    assert.equal(client.published(FILE), null);
    writeFileSync(join(folder, SCHEMA), SMALL_SCHEMA);
    client.watched('changed', SCHEMA);
    assert.deepEqual(codes(await client.diagnostics(FILE)), ['n-plus-one']);
  });

  test('vanish with a file, and with the folder it lies in', async (context) => {
    const { client, folder } = await small(context, { 'src/deep/below/more.ts': LOOP.replace('./db', '../../db') });
    await client.diagnostics('src/deep/below/more.ts');
    rmSync(join(folder, 'src/deep'), { recursive: true });
    client.watched('deleted', 'src/deep');
    await client.diagnostics('src/deep/below/more.ts', isEmpty);
    rmSync(join(folder, FILE));
    client.watched('deleted', FILE);
    await client.diagnostics(FILE, isEmpty);
  });

  test('appear with a file', async (context) => {
    const { client, folder } = await small(context);
    writeFileSync(join(folder, 'src/new.ts'), LOOP);
    client.watched('created', 'src/new.ts');
    await client.diagnostics('src/new.ts', (list) => list.length === 1);
  });

  test('appear with a folder of which only the name is told', async (context) => {
    const { client, folder } = await small(context);
    mkdirSync(join(folder, 'src/deep/below'), { recursive: true });
    writeFileSync(join(folder, 'src/deep/below/new.ts'), LOOP.replace('./db', '../../db'));
    client.watched('created', 'src/deep');
    await client.diagnostics('src/deep/below/new.ts', (list) => list.length === 1);
  });

  test('appear once there is a schema, in a folder that is new too', async (context) => {
    const { [SCHEMA]: schema = '', ...without } = SMALL_PROJECT;
    const folder = projectFolder(context, without);
    const client = await lspClient(context, { folders: [folder] });
    await client.request('querylens/coverage');
    mkdirSync(join(folder, 'prisma'));
    writeFileSync(join(folder, SCHEMA), schema);
    client.watched('created', 'prisma');
    await client.diagnostics(FILE, (list) => list.length === 1);
  });

  test('stand while code does not parse, for what still can be read', async (context) => {
    const { client } = await small(context);
    client.open(FILE);
    await client.answered(() => client.change(FILE, LOOP.replace('return titles;', 'return titles.map(')));
    client.change(FILE, `${LOOP}export const`);
    await client.answered(() => client.change(FILE, '}}}} (((('));
    await client.diagnostics(FILE, isEmpty);
    client.change(FILE, LOOP);
    await client.diagnostics(FILE, (list) => list.length === 1);
  });

  test('leave a document of twenty megabytes alone and say so', async (context) => {
    const { client, folder } = await small(context);
    const huge = `${LOOP}${'// filler\n'.repeat(2_100_000)}`;
    writeFileSync(join(folder, 'src/huge.ts'), huge);
    client.watched('created', 'src/huge.ts');
    client.open('src/huge.ts', huge);
    const [said] = await client.diagnostics('src/huge.ts');
    assert.match(String(said?.message), /was left out: 20\.\d MB is more than the limit/);
    assert.equal(said?.severity, 3);
  });

  test('mark an ignore comment that hides nothing as needless', async (context) => {
    const { client } = await small(context, {
      'src/db.ts': `${SMALL_PROJECT['src/db.ts']}// querylens-ignore-next-line n-plus-one -- once\nexport const a = 1;\n`,
    });
    const [needless] = await client.diagnostics('src/db.ts');
    assert.deepEqual([needless?.code, needless?.tags], ['unused-ignore', [1]]);
  });

  test('hold only what the client can take', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const client = await lspClient(context, { folders: [folder], capabilities: {} });
    const [plain] = await client.diagnostics(FILE);
    assert.deepEqual(Object.keys(plain ?? {}).sort(), ['code', 'message', 'range', 'severity', 'source']);
  });
});
