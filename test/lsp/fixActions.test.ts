import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { RULES } from '#rules/index.ts';
import type { Fix } from '#shared/finding.ts';
import { applyWorkspaceEdit } from '#test/support/applyWorkspaceEdit.ts';
import {
  actionsAt,
  choose,
  type Editor,
  editor,
  messages,
  named,
  OLDER,
  titles,
  without,
} from '#test/support/editor.ts';
import { fixingRule } from '#test/support/fixingRule.ts';
import type { ClientOptions } from '#test/support/lspClient.ts';
import { CLIENT, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const UNREAD = `import { prisma } from './db';

export async function headlines() {
  const posts = await prisma.post.findMany({ take: 5, include: { author: true } });
  return posts.map((post) => post.title);
}
`;
const BASE = { 'prisma/schema.prisma': SMALL_SCHEMA, 'src/db.ts': CLIENT };
const NO_INDEX = SMALL_SCHEMA.replace('\n  @@index([authorId, id])\n', '');

describe('fixes', () => {
  test('are offered where a finding stands, with its diagnostic', async (context) => {
    const actions = await actionsAt(await trying(context, { newText: '0' }), AT_COUNT);
    assert.deepEqual(titles(actions), [
      'Try it',
      'Disable made-up for this line, with a reason',
      'Disable made-up for this file, with a reason',
      'Add this made-up to the baseline',
      'Explain made-up',
    ]);
    const [fix] = actions;
    assert.equal(fix?.kind, 'quickfix');
    assert.equal(fix?.isPreferred, true);
    assert.equal(fix?.edit, undefined);
    assert.deepEqual(
      fix?.diagnostics?.map(({ code }) => code),
      ['made-up'],
    );
  });
  test('are not offered beside it', async (context) => {
    const here = await editor(context, { ...BASE, 'src/users.ts': UNREAD });
    assert.deepEqual(await actionsAt(here, { file: 'src/users.ts', at: 'return' }), []);
  });
  test('remove what they were offered for', async (context) => {
    const here = await editor(context, { ...BASE, 'src/users.ts': UNREAD });
    await choose(here, (await actionsAt(here, { file: 'src/users.ts', at: 'post.findMany' }))[0]);
    const text = readFileSync(join(here.folder, 'src/users.ts'), 'utf8');
    assert.equal(text, UNREAD.replace(', include: { author: true }', ''));
    await here.client.diagnostics('src/users.ts', without('over-fetching'));
  });
  test('carry the version of the document', async (context) => {
    const here = await editor(context, { ...BASE, 'src/users.ts': UNREAD });
    const [action] = await actionsAt(here, { file: 'src/users.ts', at: 'post.findMany' });
    const { edit } = await here.client.request<CodeAction>('codeAction/resolve', action);
    const [change] = edit?.documentChanges ?? [];
    assert.ok(change && 'textDocument' in change);
    assert.deepEqual(change.textDocument, { uri: here.client.uri('src/users.ts'), version: 1 });
  });
  test('are not made over a newer text', async (context) => {
    const here = await editor(context, { ...BASE, 'src/users.ts': UNREAD });
    const [action] = await actionsAt(here, { file: 'src/users.ts', at: 'post.findMany' });
    here.client.change('src/users.ts', `\n${UNREAD}`);
    const resolved = await here.client.request<CodeAction>('codeAction/resolve', action);
    assert.equal(resolved.edit, undefined);
    assert.match(resolved.disabled?.reason ?? '', /the code has changed/);
    assert.match(messages(here.client).join(), /"Drop `author`" was not applied: the code has changed/);
  });
  test('of a schema, in the schema', async (context) => {
    const here = await editor(context, { ...SMALL_PROJECT, 'prisma/schema.prisma': NO_INDEX });
    const actions = await actionsAt(here, { file: 'prisma/schema.prisma', at: 'authorId Int' });
    await choose(here, named(actions, /^Add `@@index\(\[authorId, id\]\)` to `Post`$/));
    assert.match(
      readFileSync(join(here.folder, 'prisma/schema.prisma'), 'utf8'),
      /\n {2}@@index\(\[authorId, id\]\)\n/,
    );
    await here.client.diagnostics('prisma/schema.prisma', without('missing-index'));
  });
  test('of a schema, from the query that needs them', async (context) => {
    const here = await editor(context, { ...SMALL_PROJECT, 'prisma/schema.prisma': NO_INDEX });
    const actions = await actionsAt(here, { file: 'src/titles.ts', at: 'post.findFirst' });
    await choose(here, named(actions, /^Add `@@index/));
    await here.client.diagnostics('prisma/schema.prisma', without('missing-index'));
  });
  test('are plain edits for clients that know no more', async (context) => {
    const here = await editor(context, { ...BASE, 'src/users.ts': UNREAD }, { capabilities: OLDER });
    const [action] = await actionsAt(here, { file: 'src/users.ts', at: 'post.findMany' });
    assert.deepEqual(Object.keys(action?.edit?.changes ?? {}), [here.client.uri('src/users.ts')]);
    assert.equal(action?.data, undefined);
  });
});

/** A project with one count, whose fixes a test decides. */
function trying(
  context: TestContext,
  change: Partial<Fix> & { newText: string },
  options: Partial<ClientOptions> = {},
): Promise<Editor> {
  const { newText, ...more } = change;
  const rule = fixingRule((file, span) => [
    { title: 'Try it', safety: 'review', edits: [{ file, span, newText }], ...more },
  ]);
  const files = { ...BASE, 'src/count.ts': COUNT };
  return editor(context, files, { rules: [...RULES, rule], ...options });
}

const COUNT = `import { prisma } from './db';

export async function numbers(ids: number[]): Promise<number> {
  return (await prisma.post.count({ where: { authorId: 1 } })) + ids.length;
}
`;
const AT_COUNT = { file: 'src/count.ts', at: 'post.count' };

async function resolve(here: Editor): Promise<CodeAction> {
  const action = named(await actionsAt(here, AT_COUNT), /^Try it/);
  assert.ok(action);
  return here.client.request<CodeAction>('codeAction/resolve', action);
}

describe('the check of a fix', () => {
  test('keeps one from being offered that breaks the code', async (context) => {
    const here = await trying(context, { newText: 'prisma.post.count({' });
    assert.equal(named(await actionsAt(here, AT_COUNT), /^Try it/), undefined);
  });
  test('refuses one that brings a new finding', async (context) => {
    const loop = 'Promise.all(ids.map((id) => prisma.post.findFirst({ where: { id }, select: { id: true } })))';
    const here = await trying(context, { newText: loop });
    const action = await resolve(here);
    assert.equal(action.edit, undefined);
    assert.match(action.disabled?.reason ?? '', /new finding: n-plus-one at src\/count\.ts:4/);
    assert.match(messages(here.client).join(), /"Try it" was not applied: it would bring a new finding/);
  });
  test('refuses one that leaves its finding', async (context) => {
    const here = await trying(context, { newText: 'prisma.post.count({ where: { authorId: 2 } })' });
    assert.match((await resolve(here)).disabled?.reason ?? '', /would still be there/);
  });
  test('does not offer them to clients that take actions as they come', async (context) => {
    const here = await trying(context, { newText: 'prisma.post.count()' }, { capabilities: OLDER });
    assert.equal(named(await actionsAt(here, AT_COUNT), /^Try it/), undefined);
  });
  test('says when there was no time for it', async (context) => {
    const params = { initializationOptions: { fixCheckMs: 0 } };
    const action = await resolve(await trying(context, { newText: '0' }, { params }));
    assert.equal(action.title, 'Try it (not verified)');
    assert.ok(action.edit);
  });
  test('says when types could not be loaded', async (context) => {
    const action = await resolve(await trying(context, { newText: '0' }));
    assert.equal(action.title, 'Try it (not verified)');
    assert.ok(action.edit);
  });

  const TYPED = {
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "types": [] } }',
    'node_modules/@prisma/client/index.d.ts':
      'export class PrismaClient { post: { count(args?: object): Promise<number> }; }\n',
  };
  const typed = async (context: TestContext, newText: string): Promise<Editor> => {
    const params = { initializationOptions: { fixCheckMs: 20_000 } };
    const rule = fixingRule((file, span) => [{ title: 'Try it', safety: 'review', edits: [{ file, span, newText }] }]);
    return editor(context, { ...BASE, ...TYPED, 'src/count.ts': COUNT }, { rules: [rule], params });
  };
  test('refuses one that adds a type error', async (context) => {
    const action = await resolve(await typed(context, '"one"'));
    assert.match(action.disabled?.reason ?? '', /add a type error: src\/count\.ts:4: TS2322/);
  });
  test('says nothing of one that is good', async (context) => {
    const action = await resolve(await typed(context, '0'));
    assert.equal(action.title, 'Try it');
    assert.ok(action.edit);
  });
});

describe('an edit', () => {
  test('asks for confirmation where the fix does', async (context) => {
    const params = { initializationOptions: { fixCheckMs: 0 } };
    const here = await trying(context, { newText: '0', confirm: 'Nobody may count on it.' }, { params });
    const { edit } = await resolve(here);
    assert.deepEqual(edit?.changeAnnotations, {
      querylens: { label: 'Try it', description: 'Nobody may count on it.', needsConfirmation: true },
    });
    assert.match(JSON.stringify(edit?.documentChanges), /"annotationId":"querylens"/);
  });
  test('creates files', async (context) => {
    const params = { initializationOptions: { fixCheckMs: 0 } };
    const creates = [{ file: 'prisma/migrations/1_index/migration.sql', text: 'SELECT 1;\n' }];
    const here = await trying(context, { newText: '0', creates }, { params });
    await choose(here, await resolve(here));
    assert.equal(readFileSync(join(here.folder, 'prisma/migrations/1_index/migration.sql'), 'utf8'), 'SELECT 1;\n');
  });
  test('is not offered where the client cannot create files', async (context) => {
    const creates = [{ file: 'new.sql', text: '' }];
    const here = await trying(context, { newText: '0', creates }, { capabilities: OLDER });
    assert.equal(named(await actionsAt(here, AT_COUNT), /^Try it/), undefined);
  });
});

describe('source.fixAll.querylens', () => {
  const TWO = `${UNREAD}\n// querylens-ignore-next-line n-plus-one -- few\nexport const count = () => prisma.user.count();\n`;
  const ask = (here: Editor, only: readonly string[]): Promise<readonly CodeAction[]> =>
    actionsAt(here, { file: 'src/users.ts', at: 'import', only });

  test('applies the safe fixes of the file and no others', async (context) => {
    const here = await editor(context, { ...BASE, 'src/users.ts': TWO });
    const [action, ...others] = await ask(here, ['source.fixAll']);
    assert.deepEqual(others, []);
    assert.equal(action?.kind, 'source.fixAll.querylens');
    const [touched, ...more] = applyWorkspaceEdit(action?.edit ?? {});
    assert.deepEqual(more, []);
    assert.equal(readFileSync(touched ?? '', 'utf8'), TWO.replace(/\/\/ querylens.*\n/, ''));
  });
  test('is there under its own name', async (context) => {
    const here = await editor(context, { ...BASE, 'src/users.ts': TWO });
    assert.equal((await ask(here, ['source.fixAll.querylens'])).length, 1);
  });
  test('is not there where nothing is safe to fix', async (context) => {
    const here = await editor(context, {
      ...BASE,
      'src/users.ts': 'import { prisma } from "./db";\nexport const f = () => prisma.user.count();\n',
    });
    assert.deepEqual(await ask(here, ['source.fixAll']), []);
  });
});
