import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Hover, InitializeParams, MarkupContent, Position } from 'vscode-languageserver-protocol';
import { type LspClient, lspClient, PUSHING } from '#test/support/lspClient.ts';
import { LOOP, projectFolder, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const SHOP = join(import.meta.dirname, '../../examples/shop');

type Params = Omit<InitializeParams, 'processId' | 'rootUri' | 'capabilities'>;

async function opened(
  context: TestContext,
  file: string,
  params: Partial<Params> = {},
  capabilities = PUSHING,
): Promise<Opened> {
  const folder = projectFolder(context, SMALL_PROJECT);
  const client = await lspClient(context, { folders: [folder], params, capabilities });
  client.open(file);
  return { folder, client };
}

interface Opened {
  readonly folder: string;
  readonly client: LspClient;
}

function hoverAt(client: LspClient, file: string, position: Position): Promise<Hover | null> {
  return client.request('textDocument/hover', { textDocument: { uri: client.uri(file) }, position });
}

const SQL = `\`\`\`sql
SELECT "id", "title", "authorId"
FROM "Post"
WHERE "authorId" = $1
ORDER BY "id" ASC
LIMIT $2 OFFSET $3
\`\`\``;

const textOf = (hover: Hover | null) => (hover?.contents as MarkupContent | undefined)?.value ?? '';

describe('hover', () => {
  test('on a query in a loop', async (context) => {
    const { client } = await opened(context, 'src/titles.ts');
    const hover = await hoverAt(client, 'src/titles.ts', { line: 5, character: 30 });
    assert.deepEqual(hover?.range, { start: { line: 5, character: 22 }, end: { line: 5, character: 43 } });
    const schema = client.uri('prisma/schema.prisma');
    assert.equal(
      textOf(hover).replace(/(?<=show it\)\n\n)[\s\S]*?(?=\n\n---)/, 'MESSAGE'),
      [
        'Reads the first matching `Post`. Runs once per turn of a loop.',
        '---',
        '**Warning: [n-plus-one](file:///pages/n-plus-one/README.md)** (the code and the schema show it)',
        'MESSAGE',
        '---',
        'Sends **1 SQL statement**. At most one row of `Post`.',
        SQL,
        '---',
        `Looks up by \`authorId\` and \`id\`; served by the index [\`authorId, id\`](${schema}#L17).`,
      ].join('\n\n'),
    );
  });
  test('beside a query there is nothing to say', async (context) => {
    const { client } = await opened(context, 'src/titles.ts');
    assert.equal(await hoverAt(client, 'src/titles.ts', { line: 3, character: 3 }), null);
  });
  test('on a finding in a schema', async (context) => {
    const { client } = await opened(context, 'src/titles.ts');
    client.open('prisma/schema.prisma', SMALL_SCHEMA.replace('@@index([authorId, id])', ''));
    const hover = await hoverAt(client, 'prisma/schema.prisma', { line: 13, character: 4 });
    assert.match(textOf(hover), /^\*\*Warning: \[missing-index\]\([\s\S]*@@index\(\[authorId, id\]\)/);
  });
  test('over the text as it is typed', async (context) => {
    const { client } = await opened(context, 'src/titles.ts');
    client.change('src/titles.ts', LOOP.replace('for (const id of ids)', 'const [id] = ids; if (id)'));
    const hover = await hoverAt(client, 'src/titles.ts', { line: 5, character: 30 });
    assert.match(textOf(hover), /^Reads the first matching `Post`\.\n\n---\n\nSends /);
  });
  test('runs a command where the client has one', async (context) => {
    const params = { initializationOptions: { commands: ['querylens.explainRule'] } };
    const { client } = await opened(context, 'src/titles.ts', params);
    const hover = await hoverAt(client, 'src/titles.ts', { line: 5, character: 30 });
    assert.match(textOf(hover), /\[n-plus-one\]\(command:querylens\.explainRule\?%5B%22n-plus-one%22%5D\)/);
  });
  test('is plain where the client cannot draw Markdown', async (context) => {
    const plain = {
      ...PUSHING,
      textDocument: { ...PUSHING.textDocument, hover: { contentFormat: ['plaintext' as const] } },
    };
    const { client } = await opened(context, 'src/titles.ts', {}, plain);
    const hover = await hoverAt(client, 'src/titles.ts', { line: 5, character: 30 });
    assert.equal((hover?.contents as MarkupContent | undefined)?.kind, 'plaintext');
    assert.doesNotMatch(textOf(hover), /\*\*|\]\(/);
  });
  test('has links to the SQL where the client has commands', async (context) => {
    const params = { initializationOptions: { commands: ['querylens.copySql', 'querylens.showSql'] } };
    const { client } = await opened(context, 'src/titles.ts', params);
    const text = textOf(await hoverAt(client, 'src/titles.ts', { line: 5, character: 30 }));
    const [, copy = ''] = /\. \[Copy\]\(command:querylens\.copySql\?([^)]*)\) · \[Open\]/.exec(text) ?? [];
    const given = [client.uri('src/titles.ts'), { line: 5, character: 43 }];
    assert.deepEqual(JSON.parse(decodeURIComponent(copy)), given);
  });
  test('says in a line why the SQL cannot be told', async (context) => {
    const { client } = await opened(context, 'src/titles.ts');
    client.change('src/titles.ts', LOOP.replace("{ id: 'asc' }", "{ nowhere: 'asc' }"));
    const text = textOf(await hoverAt(client, 'src/titles.ts', { line: 5, character: 30 }));
    assert.match(text, /\n\nThe SQL cannot be told: .*nowhere.*\.(?:\n|$)/);
  });
  test('follows the schema as it is typed', async (context) => {
    const { client } = await opened(context, 'src/titles.ts');
    const place = { line: 5, character: 30 };
    assert.match(textOf(await hoverAt(client, 'src/titles.ts', place)), /FROM "Post"/);
    client.open('prisma/schema.prisma', SMALL_SCHEMA.replace('@@index([authorId, id])', '@@map("entries")'));
    assert.match(textOf(await hoverAt(client, 'src/titles.ts', place)), /FROM "entries"/);
    client.change('prisma/schema.prisma', SMALL_SCHEMA.replace('postgresql', 'mysql'));
    assert.match(textOf(await hoverAt(client, 'src/titles.ts', place)), /FROM `Post`/);
  });
  test('leaves the SQL out where a setting says so', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const client = await lspClient(context, { folders: [folder], settings: { current: { hover: { sql: false } } } });
    await client.diagnostics('src/titles.ts');
    const text = textOf(await hoverAt(client, 'src/titles.ts', { line: 5, character: 30 }));
    assert.match(text, /Reads the first matching/);
    assert.doesNotMatch(text, /SQL statement|```sql/);
  });
  test('is silent when it is switched off', async (context) => {
    const folder = projectFolder(context, SMALL_PROJECT);
    const settings = { current: { hover: { enable: false } } };
    const client = await lspClient(context, { folders: [folder], settings });
    await client.diagnostics('src/titles.ts');
    assert.equal(await hoverAt(client, 'src/titles.ts', { line: 5, character: 30 }), null);
  });
  test('on the shop', async (context) => {
    const folder = projectFolder(context, {});
    for (const part of ['src', 'prisma', 'package.json', 'tsconfig.json'])
      cpSync(join(SHOP, part), join(folder, part), { recursive: true });
    const client = await lspClient(context, { folders: [folder] });
    client.open('src/services/reviews.ts');
    const hover = await hoverAt(client, 'src/services/reviews.ts', { line: 4, character: 40 });
    assert.match(textOf(hover), /^Reads rows of `Review` with `user` and `product`\.\n/);
    assert.match(textOf(hover), /Reads `product\.name`, `stars` and `text` of the result\. Never reads `createdAt`/);
    assert.match(textOf(hover), /Looks up by `id`; served by the primary key/);
    assert.match(
      textOf(hover),
      /Sends \*\*3 SQL statements\*\*\. At most 50 rows of `Review`\.\n[\s\S]*-- for the rows above/,
    );
  });
});
