import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAnalyzer, type Snapshot } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { RULES } from '#rules/index.ts';
import { type EditableWorkspace, editableWorkspace } from '#test/support/editableWorkspace.ts';
import { CLIENT, LOOP, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import type { Workspace } from '#workspace/workspace.ts';

const SERVICE = `import { titles } from './titles';
export const all = async (ids: number[]) => titles(ids);
export const none = () => [];
`;
const FILES = {
  'package.json': '{ "name": "example", "dependencies": { "@prisma/client": "6.0.0" } }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  'prisma/schema.prisma': SMALL_SCHEMA,
  'src/db.ts': CLIENT,
  'src/titles.ts': LOOP,
  'src/service.ts': SERVICE,
  'src/index.ts': `export * from './service';\nexport * from './format';\n`,
  'src/format.ts': `export const format = (posts: { title: string }[]) => posts.map(({ title }) => title);\n`,
  'src/limits.ts': 'export const take = 10;\n',
  'src/route.ts': `import { all } from '@/index';\nexport const GET = async () => Response.json(await all([1, 2]));\n`,
  'src/page.ts': `import { prisma } from './db';
import { format } from '@/index';
import { take } from './limits';
export const page = async () => format(await prisma.post.findMany({ take }));
`,
  'src/label.ts': `export const label = (text: string) => text.trim();\n`,
};

function analyzerOf(workspace: Workspace) {
  return createAnalyzer({ workspace, settings: defaultSettings(RULES), rules: RULES });
}

/** What a snapshot says, without its times. */
function said({ findings, suppressed, coverage, problems, graph }: Snapshot) {
  return { findings, suppressed, coverage, problems, parsed: [...graph.files.keys()].sort() };
}

async function assertFresh(workspace: EditableWorkspace, snapshot: Snapshot, when: string): Promise<void> {
  assert.deepEqual(said(snapshot), said(await analyzerOf(workspace).snapshot()), when);
}

/** What is read anew after an edit, when all was known before. */
async function check(path: string, text: string, expected: readonly string[]): Promise<void> {
  const workspace = editableWorkspace(FILES);
  const analyzer = analyzerOf(workspace);
  await analyzer.snapshot();
  workspace.takeReads();
  workspace.write(path, text);
  analyzer.update([path]);
  const snapshot = await analyzer.snapshot();
  assert.deepEqual([...new Set(workspace.takeReads())].sort(), expected);
  await assertFresh(workspace, snapshot, path);
}

describe('an edit', () => {
  it('of a TypeScript file reads that file alone, and no schema', () =>
    check('src/titles.ts', LOOP.replace('findFirst', 'findMany'), ['src/titles.ts']));

  it('of a file that is not parsed reads it and parses nothing', () =>
    check('src/label.ts', 'export const label = (text: string) => text;\n', ['src/label.ts']));

  it('of a schema reads no TypeScript', () =>
    check('prisma/schema.prisma', SMALL_SCHEMA.replace('  @@index([authorId, id])\n', ''), [
      'node_modules/@prisma/client/package.json',
      'node_modules/prisma/package.json',
      'package.json',
      'prisma/schema.prisma',
    ]));

  it('that leads to more files reads them too', () =>
    check(
      'src/titles.ts',
      LOOP.replace("'./db';", "'./db';\nimport { label } from './label';").replace('orderBy:', 'skip: label, orderBy:'),
      ['src/label.ts', 'src/titles.ts'],
    ));

  it('back to the text of before keeps the facts', async () => {
    const workspace = editableWorkspace(FILES);
    const analyzer = analyzerOf(workspace);
    const before = await analyzer.snapshot();
    analyzer.update(Object.keys(FILES));
    const after = await analyzer.snapshot();
    for (const [path, facts] of after.graph.files) assert.equal(facts, before.graph.files.get(path), path);
    assert.deepEqual(after.graph.schemas, before.graph.schemas);
  });

  it('that breaks the schema keeps the one before, and says where it broke', async () => {
    const workspace = editableWorkspace(FILES);
    const analyzer = analyzerOf(workspace);
    const before = await analyzer.snapshot();
    workspace.write('prisma/schema.prisma', SMALL_SCHEMA.replace('model Post {', 'model Post {\n  half'));
    analyzer.update(['prisma/schema.prisma']);
    const broken = await analyzer.snapshot();
    assert.deepEqual(broken.findings, before.findings);
    assert.deepEqual(
      broken.problems.map(({ file, kind }) => [file, kind]),
      [['prisma/schema.prisma', 'schema']],
    );
  });
});

describe('the answer after a change', () => {
  it('is a fresh one when files come, go and move with their folder', async () => {
    const workspace = editableWorkspace(FILES);
    const analyzer = analyzerOf(workspace);
    await analyzer.snapshot();
    const moved = ['src/titles.ts', 'src/service.ts', 'src/db.ts'];
    for (const path of moved) {
      workspace.write(path.replace('src/', 'lib/'), workspace.read(path));
      workspace.write(path, null);
    }
    analyzer.update(['src', 'lib']);
    await assertFresh(workspace, await analyzer.snapshot(), 'moved');
    for (const path of moved) {
      workspace.write(path, workspace.read(path.replace('src/', 'lib/')));
      workspace.write(path.replace('src/', 'lib/'), null);
    }
    analyzer.update(['src', 'lib']);
    await assertFresh(workspace, await analyzer.snapshot(), 'moved back');
  });

  it('is a fresh one after any sequence of edits', async () => {
    for (const seed of [1, 2, 3]) await wander(seed, 60);
  });
});

/** Each edit cuts a piece out of a file or moves one into it, so that names appear, vanish and break in the middle. */
async function wander(seed: number, steps: number): Promise<void> {
  const { pick, below } = seededRandom(seed);
  const workspace = editableWorkspace(FILES);
  const analyzer = analyzerOf(workspace);
  const paths = Object.keys(FILES);
  for (let step = 0; step < steps; step++) {
    const path = pick(paths);
    const text = workspace.read(path) ?? '';
    workspace.write(path, pick([edited, restored, swapped])(path, text));
    analyzer.update([path]);
    if (below(3) === 0) continue;
    const snapshot = await analyzer.snapshot();
    if (!keepsSchema(snapshot)) await assertFresh(workspace, snapshot, `seed ${seed}, step ${step}, ${path}`);
  }

  function edited(path: string, text: string): string | null {
    const at = below(text.length + 1);
    if (below(8) === 0 && path.startsWith('src/')) return null;
    return text.slice(0, at) + pick(PIECES) + text.slice(at + below(12));
  }
  function restored(path: string): string {
    return FILES[path as keyof typeof FILES];
  }
  function swapped(path: string, text: string): string {
    return path.startsWith('src/') ? text.replace(pick(['db', 'take', 'all', 'format', 'prisma']), pick(NAMES)) : text;
  }
}

/** A broken schema stands as it was before, which a fresh run cannot know. */
function keepsSchema({ problems }: Snapshot): boolean {
  return problems.some(({ kind }) => kind === 'schema');
}

const NAMES = ['db', 'take', 'all', 'format', 'label', 'prisma', 'titles', 'none'];
const PIECES = [
  '',
  '\n',
  `\nimport { label } from './label';\n`,
  `\nexport * from './titles';\n`,
  '\nexport const more = () => prisma.user.findMany({ where: { email: label("x") } });\n',
  '\nexport const again = (ids) => Promise.all(ids.map((id) => all([id])));\n',
  'await prisma.post.count();',
  '"use client";',
  '// querylens-ignore-next-line n-plus-one -- known\n',
  '{',
  '}',
];
