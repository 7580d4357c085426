import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { type LspClient, lspClient } from '#test/support/lspClient.ts';
import { ingested, logged, measuredProject } from '#test/support/measuredProject.ts';
import { ENABLED, REFRESHING } from './measuredEditor.ts';

const FILE = 'src/titles.ts';

/** A call that no other finding speaks of once the loop is gone. */
const ONE = `import { prisma } from './db';

export const title = (authorId: number) => prisma.post.findFirst({ where: { authorId }, orderBy: { id: 'asc' } });
`;

async function opened(context: TestContext, folder: string): Promise<LspClient> {
  const settings = { current: ENABLED };
  const client = await lspClient(context, { folders: [folder], settings, capabilities: REFRESHING });
  client.open(FILE);
  await client.until('findings', () => client.all('querylens/findingsChanged').length > 0);
  return client;
}

async function counted(client: LspClient, folder: string, calls: number, ms: number): Promise<void> {
  logged(folder, Array<number>(calls).fill(ms));
  await ingested(folder);
  client.watched('changed', '.querylens/evidence.db-wal');
  client.watched('created', '.querylens');
}

const of = (rule: string) => (list: readonly Diagnostic[]) => list.filter(({ code }) => code === rule);

test('a diagnostic says what was measured once it is', async (context) => {
  const folder = measuredProject(context);
  const client = await opened(context, folder);
  await counted(client, folder, 120, 700);
  const list = await client.diagnostics(FILE, (all) =>
    all.some(({ message }) => String(message).includes('Measured: ')),
  );
  const [loop] = of('n-plus-one')(list);
  assert.match(String(loop?.message), / Measured: p95 \d+ ms, mean 700 ms over 120 calls\.$/);
  assert.deepEqual(of('slow-query')(list), [], 'the loop says why');
});

test('a slow call has one of its own, until the query is changed', async (context) => {
  const folder = measuredProject(context, { [FILE]: ONE });
  const client = await opened(context, folder);
  await counted(client, folder, 30, 700);
  const slow = await client.diagnostics(FILE, (all) => of('slow-query')(all).length > 0);
  assert.deepEqual(
    of('slow-query')(slow).map(({ severity }) => severity),
    [DiagnosticSeverity.Warning],
  );
  client.change(FILE, ONE.replace('{ authorId }', '{ authorId, title: { not: null } }'));
  await client.diagnostics(FILE, (all) => of('slow-query')(all).length === 0);
});
