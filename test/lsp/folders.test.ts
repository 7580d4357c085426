import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { toUri } from '#lsp/uris.ts';
import type { CoverageResult, FindingsResult, StatusParams } from '#shared/protocol.ts';
import { type LspClient, lspClient, type Published } from '#test/support/lspClient.ts';
import { CLIENT, LOOP, projectFolder, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const FILE = 'src/titles.ts';

const folderOf = (path: string) => ({ uri: toUri(path), name: path });

function changeFolders(client: LspClient, added: readonly string[], removed: readonly string[]): void {
  void client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: added.map(folderOf), removed: removed.map(folderOf) },
  });
}

/** The files that show something now, by URI. */
function shown(client: LspClient): readonly string[] {
  const last = new Map(
    client.all<Published>('textDocument/publishDiagnostics').map(({ uri, diagnostics }) => [uri, diagnostics.length]),
  );
  return [...last].filter(([, count]) => count > 0).map(([uri]) => uri);
}

const inFolder = (name: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
const MANIFEST = { 'package.json': '{ "name": "one", "private": true }' };

describe('folders', () => {
  test('are looked at each on its own, also when they come and go', async (context) => {
    const [one, two] = [projectFolder(context, SMALL_PROJECT), projectFolder(context, SMALL_PROJECT)];
    const client = await lspClient(context, { folders: [one] });
    await client.diagnostics(FILE);
    changeFolders(client, [two], []);
    const uri = toUri(join(two, FILE));
    await client.until('findings of the second folder', () => shown(client).includes(uri));
    changeFolders(client, [], [one]);
    await client.diagnostics(FILE, (list) => list.length === 0);
    assert.deepEqual(shown(client), [uri]);
    const { folder } = await client.request<FindingsResult>('querylens/findings');
    assert.equal(folder, toUri(two));
  });

  test('show what is open before they have seen the rest', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const client = await lspClient(context, { folders: [projectFolder(context, {})] });
    const [textDocument, uri] = [
      { languageId: 'typescript', version: 3, text: `\n${LOOP}` },
      toUri(join(folder, FILE)),
    ];
    void client.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, ...textDocument } });
    changeFolders(client, [folder], []);
    const kinds = () =>
      client.received.flatMap(({ method, params }) => {
        if (method === 'querylens/status')
          return (params as StatusParams).folder === toUri(folder) ? (params as StatusParams).status.kind : [];
        return method === 'textDocument/publishDiagnostics' ? `version ${(params as Published).version}` : [];
      });
    await client.until('an answer', () => kinds().includes('ready'));
    assert.deepEqual([...new Set(kinds())], ['scanning', 'version 3', 'ready']);
  });

  test('give a file to the nearest of them', async (context) => {
    const outer = projectFolder(context, {
      ...SMALL_PROJECT,
      ...inFolder('packages/inner', { ...MANIFEST, ...SMALL_PROJECT }),
    });
    const inner = join(outer, 'packages/inner');
    const client = await lspClient(context, { folders: [outer, inner] });
    const findings = async (folder: string) =>
      (await client.request<FindingsResult>('querylens/findings', { folder: toUri(folder) })).findings.map(
        ({ uri }) => uri,
      );
    assert.deepEqual(await findings(outer), [client.uri(FILE)]);
    assert.deepEqual(await findings(inner), [client.uri(`packages/inner/${FILE}`)]);
    await client.answered(() => changeFolders(client, [], [inner]));
    assert.equal((await findings(outer)).length, 2);
  });

  test('that share a schema above them show its findings once', async (context) => {
    const root = projectFolder(context, {
      'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
      'prisma/schema.prisma': SMALL_SCHEMA.replace('  @@index([authorId, id])\n', ''),
      ...inFolder('packages/a', { ...MANIFEST, 'src/db.ts': CLIENT, [FILE]: LOOP }),
      ...inFolder('packages/b', { ...MANIFEST, 'src/db.ts': CLIENT, [FILE]: LOOP }),
    });
    const client = await lspClient(context, { folders: [join(root, 'packages/a'), join(root, 'packages/b')] });
    await client.request('querylens/coverage', { folder: toUri(join(root, 'packages/a')) });
    await client.request('querylens/coverage', { folder: toUri(join(root, 'packages/b')) });
    const list = client.published('../../prisma/schema.prisma')?.diagnostics ?? [];
    assert.deepEqual(
      list.map(({ code }) => code),
      ['missing-index'],
    );
    writeFileSync(join(root, 'prisma/schema.prisma'), `${SMALL_SCHEMA}\nmodel Broken {`);
    client.watched('changed', '../../prisma/schema.prisma');
    const { findings, problems } = await client.request<FindingsResult>('querylens/findings');
    assert.deepEqual([findings[0]?.finding.file, problems[0]?.file], [FILE, '../../prisma/schema.prisma']);
  });

  test('inside a bigger project are told what was not understood by paths of their own', async (context) => {
    const root = projectFolder(context, {
      'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
      'prisma/schema.prisma': SMALL_SCHEMA,
      ...inFolder('packages/a', {
        ...MANIFEST,
        'src/db.ts': CLIENT,
        'src/any.ts': `import { prisma } from './db';\n\nexport const any = (model: string) => prisma[model].findMany();\n`,
      }),
    });
    const folder = toUri(join(root, 'packages/a'));
    const client = await lspClient(context, { folders: [join(root, 'packages/a')] });
    const { coverage } = await client.request<CoverageResult>('querylens/coverage', { folder });
    assert.deepEqual(
      coverage.unresolved.map(({ file, line }) => `${file}:${line}`),
      ['src/any.ts:3'],
    );
  });

  test('are named by older clients as one root', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    for (const params of [{ rootUri: toUri(folder) }, { rootUri: null, rootPath: folder }]) {
      const client = await lspClient(context, { folders: [folder], params: { ...params, workspaceFolders: null } });
      assert.equal((await client.diagnostics(FILE)).length, 1);
    }
  });

  test('may be missing: a file opened alone is seen within its project, and nothing else is shown', async (context) => {
    const folder = projectFolder(context, { ...SMALL_PROJECT, 'src/other.ts': LOOP });
    const client = await lspClient(context, { folders: [folder], params: { workspaceFolders: null } });
    client.open(FILE);
    await client.diagnostics(FILE, (list) => list.length === 1);
    assert.deepEqual(shown(client), [client.uri(FILE)]);
    client.close(FILE);
    await client.diagnostics(FILE, (list) => list.length === 0);
    assert.deepEqual((await client.request<FindingsResult>('querylens/findings')).findings, []);
  });

  test('may be reached through a link: files keep the names the client has for them', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const link = join(projectFolder(context, {}), 'link');
    symlinkSync(folder, link);
    const client = await lspClient(context, { folders: [link] });
    assert.equal((await client.diagnostics(FILE)).length, 1);
    client.open(FILE);
    client.change(FILE, `\n${LOOP}`);
    await client.diagnostics(FILE, ([first]) => first?.range.start.line === 6);
  });

  test('whose names need encoding are found in the client’s spelling', async (context) => {
    const file = 'src/app/(shop)/[id]/page titles.ts';
    const folder = projectFolder(context, { ...SMALL_PROJECT, [file]: LOOP });
    const client = await lspClient(context, { folders: [folder] });
    await client.diagnostics(file);
    const uri = `file://${join(folder, file).replaceAll(' ', '%20')}`;
    const textDocument = { uri, languageId: 'typescript', version: 7, text: `\n${LOOP}` };
    void client.connection.sendNotification('textDocument/didOpen', { textDocument });
    await client.until('a list under the name the client uses', () =>
      client.all<Published>('textDocument/publishDiagnostics').some((each) => each.uri === uri && each.version === 7),
    );
  });

  test('that are not there, or vanish, are one line in the log', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    const client = await lspClient(context, { folders: [folder, join(folder, 'never'), gone] });
    rmSync(gone, { recursive: true });
    assert.equal((await client.diagnostics(FILE)).length, 1);
    const lines = client.all<{ readonly message: string }>('window/logMessage').map(({ message }) => message);
    assert.equal(lines.filter((line) => line.includes('/never: there is no such folder')).length, 1);
  });

  test('without a schema say so, and are looked at again when one appears', async (context) => {
    const folder = projectFolder(context, { 'src/db.ts': CLIENT, [FILE]: LOOP });
    const client = await lspClient(context, { folders: [folder] });
    const kinds = () => client.all<StatusParams>('querylens/status').map(({ status }) => status.kind);
    await client.until('the status', () => kinds().includes('no-schema'));
    assert.deepEqual([...new Set(kinds())], ['scanning', 'no-schema']);
    assert.deepEqual(shown(client), []);
    client.open('prisma/schema.prisma', SMALL_SCHEMA);
    assert.equal((await client.diagnostics(FILE)).length, 1);
    assert.equal(kinds().at(-1), 'ready');
  });
});
