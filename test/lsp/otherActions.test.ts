import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { applyWorkspaceEdit } from '#test/support/applyWorkspaceEdit.ts';
import { type Asking, actionsAt, editor, named, without } from '#test/support/editor.ts';
import { LOOP, SMALL_PROJECT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const NO_INDEX = SMALL_SCHEMA.replace('\n  @@index([authorId, id])\n', '');

describe('disabling a rule', () => {
  const check = async (
    context: TestContext,
    files: Readonly<Record<string, string>>,
    asking: Asking & { title: RegExp },
    line: RegExp,
  ): Promise<void> => {
    const here = await editor(context, files);
    const action = named(await actionsAt(here, asking), asking.title);
    assert.ok(action);
    const path = join(here.folder, asking.file);
    applyWorkspaceEdit(action.edit ?? {});
    const text = readFileSync(path, 'utf8');
    assert.match(text, line);
    const rule = /Disable (\S+)/.exec(action.title)?.[1] ?? '';
    here.client.change(asking.file, text);
    const list = await here.client.diagnostics(asking.file, (all) =>
      all.some(({ code }) => code === 'ignore-without-reason'),
    );
    assert.ok(
      list.some(({ code }) => code === rule),
      'without a reason it hides nothing',
    );
    here.client.change(asking.file, text.replace(/ -- (?=\s|\*)/, ' -- few '));
    await here.client.diagnostics(asking.file, (all) =>
      all.every(({ code }) => code !== rule && code !== 'ignore-without-reason'),
    );
  };

  const LINE = /^Disable n-plus-one for this line/;
  const FILE = /^Disable n-plus-one for this file/;
  test('for a line', (context) =>
    check(
      context,
      SMALL_PROJECT,
      { file: 'src/titles.ts', at: 'post.findFirst', title: LINE },
      /\n {4}\/\/ querylens-ignore-next-line n-plus-one -- \n {4}titles\.push/,
    ));
  test('for a file', (context) =>
    check(
      context,
      SMALL_PROJECT,
      { file: 'src/titles.ts', at: 'post.findFirst', title: FILE },
      /^\/\/ querylens-ignore-file n-plus-one -- \nimport/,
    ));
  test('in a file with CRLF and tabs', (context) =>
    check(
      context,
      { ...SMALL_PROJECT, 'src/titles.ts': LOOP.replaceAll('  ', '\t').replaceAll('\n', '\r\n') },
      { file: 'src/titles.ts', at: 'post.findFirst', title: LINE },
      /\r\n\t\t\/\/ querylens-ignore-next-line n-plus-one -- \r\n\t\ttitles\.push/,
    ));
  test('below a shebang', (context) =>
    check(
      context,
      { ...SMALL_PROJECT, 'src/titles.ts': `#!/usr/bin/env node\n${LOOP}` },
      { file: 'src/titles.ts', at: 'post.findFirst', title: FILE },
      /^#!.*\n\/\/ querylens-ignore-file/,
    ));
  test('among the children of an element', (context) =>
    check(
      context,
      { ...SMALL_PROJECT, 'src/titles.ts': '', 'src/page.tsx': PAGE },
      { file: 'src/page.tsx', at: 'post.findFirst', title: LINE },
      /\n {6}\{\/\* querylens-ignore-next-line n-plus-one -- {2}\*\/\}\n/,
    ));
  test('in a schema', (context) =>
    check(
      context,
      { ...SMALL_PROJECT, 'prisma/schema.prisma': NO_INDEX },
      { file: 'prisma/schema.prisma', at: 'authorId Int', title: /^Disable missing-index for this line/ },
      /\n {2}\/\/\/ querylens-ignore-next-line missing-index -- \n {2}authorId/,
    ));
  test('puts the cursor where the reason goes', async (context) => {
    const here = await editor(context, SMALL_PROJECT);
    const action = named(await actionsAt(here, { file: 'src/titles.ts', at: 'post.findFirst' }), LINE);
    const [change] = action?.edit?.documentChanges ?? [];
    assert.ok(change && 'textDocument' in change);
    assert.match(
      JSON.stringify(change.edits),
      /"snippet":\{"kind":"snippet","value":" {4}\/\/ querylens-ignore-next-line n-plus-one -- \$0\\n"\}/,
    );
  });
  test('is not offered inside a template', async (context) => {
    const text = LOOP.replace('titles.push(await', 'titles.push(`\n${await').replace('} }));', '} })}`);');
    const here = await editor(context, { ...SMALL_PROJECT, 'src/titles.ts': text });
    const actions = await actionsAt(here, { file: 'src/titles.ts', at: 'post.findFirst' });
    assert.equal(named(actions, LINE), undefined);
    assert.ok(named(actions, FILE));
  });
});

const PAGE = `import { prisma } from './db';

export default async function Page({ ids }: { ids: number[] }) {
  return (
    <ul>
      {await Promise.all(ids.map(async (id) => <li>{(await prisma.post.findFirst({ where: { id } }))?.title}</li>))}
    </ul>
  );
}
`;

describe('other actions', () => {
  test('accept a finding', async (context) => {
    const here = await editor(context, SMALL_PROJECT);
    const action = named(
      await actionsAt(here, { file: 'src/titles.ts', at: 'post.findFirst' }),
      /^Add this n-plus-one to the baseline$/,
    );
    await here.client.request('workspace/executeCommand', action?.command);
    await here.client.diagnostics('src/titles.ts', without('n-plus-one'));
    assert.ok(existsSync(join(here.folder, 'querylens-baseline.json')));
  });
  test('explain a rule', async (context) => {
    const here = await editor(context, SMALL_PROJECT);
    const action = named(
      await actionsAt(here, { file: 'src/titles.ts', at: 'post.findFirst' }),
      /^Explain n-plus-one$/,
    );
    await here.client.request('workspace/executeCommand', action?.command);
    assert.deepEqual(here.client.all('window/showDocument'), [
      { uri: 'file:///pages/n-plus-one/README.md', external: false },
    ]);
  });
  test('are left out where another kind is asked for', async (context) => {
    const here = await editor(context, SMALL_PROJECT);
    assert.deepEqual(await actionsAt(here, { file: 'src/titles.ts', at: 'post.findFirst', only: ['refactor'] }), []);
  });
});
