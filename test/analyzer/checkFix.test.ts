import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAnalyzer } from '#analyzer/analyzer.ts';
import { checkFix, type FixCheck, type FixTrial, type TypeCheck } from '#analyzer/checkFix.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { RULES } from '#rules/index.ts';
import type { NewFile } from '#shared/newFile.ts';
import { fixingRule } from '#test/support/fixingRule.ts';
import { measurementsOf, readMeasured } from '#test/support/measuredLines.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { CLIENT, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const CODE = `import { prisma } from './db';

export async function numbers(ids: number[]) {
  const posts = await prisma.post.count({ where: { authorId: 1 } });
  return [posts, ids];
}
`;
const FILES = { 'package.json': '{}', 'prisma/schema.prisma': SMALL_SCHEMA, 'src/db.ts': CLIENT, 'src/a.ts': CODE };
const GONE = 'prisma.post.findFirst({ where: { authorId: 1 }, orderBy: { id: "asc" }, select: { id: true } })';

interface Trial {
  /** What stands in the call's place after the fix. */
  readonly newText: string;
  readonly code?: string;
  readonly creates?: readonly NewFile[];
  readonly types?: TypeCheck | null;
  readonly budgetMs?: number;
  /** What was measured of `Post.count`, as `test/support/measuredLines.ts` reads it. */
  readonly measured?: string;
  readonly signal?: AbortSignal;
}

const SAME: TypeCheck = async () => ({ kind: 'same' });

async function trying({ newText, creates = [], code = CODE, measured = '', ...given }: Trial): Promise<FixCheck> {
  const workspace = memoryWorkspace({ ...FILES, 'src/a.ts': code });
  const rule = fixingRule((file, span) => [
    { title: 'Try it', safety: 'review', edits: [{ file, span, newText }], creates },
  ]);
  const rules = [...RULES, { ...rule, meta: { ...rule.meta, measuredBy: 'latency' as const } }];
  const lines = readMeasured(`// @measured Post.count ${measured}`).measured;
  const measurements = (graph: ProjectGraph) => measurementsOf(graph, lines);
  const analyzer = createAnalyzer({ workspace, settings: defaultSettings(rules), rules, measurements });
  const { findings, suggested } = await analyzer.snapshot();
  const finding = findings.find((each) => each.rule === 'made-up');
  const [fix] = finding?.fixes ?? [];
  assert.ok(finding && fix);
  const trial: FixTrial = {
    analyzer,
    findings: suggested,
    read: workspace.read,
    types: SAME,
    budgetMs: 10_000,
    ...given,
  };
  const result = await checkFix(finding, fix, trial, given.signal ?? new AbortController().signal);
  assert.deepEqual((await analyzer.snapshot()).findings, findings, 'the live analyzer saw nothing of it');
  return result;
}

describe('checkFix', () => {
  const check = async (trial: Trial, kind: FixCheck['kind'], reason?: RegExp): Promise<void> => {
    const result = await trying(trial);
    assert.equal(result.kind, kind);
    if (reason) assert.match('reason' in result ? result.reason : '', reason);
  };

  test('a good fix', () => check({ newText: GONE }, 'good'));
  test('gives the texts it tried', async () => {
    const result = await trying({ newText: '0', creates: [{ file: 'src/b.ts', text: 'export {};\n' }] });
    assert.deepEqual(result.kind === 'good' && [...result.texts.keys()], ['src/a.ts', 'src/b.ts']);
  });
  test('code that no longer parses', () =>
    check({ newText: 'prisma.post.count({' }, 'broken', /src\/a.ts would no longer/));
  test('a finding that stays', () =>
    check({ newText: 'prisma.post.count({ where: { authorId: 2 } })' }, 'broken', /would still be there/));
  for (const measured of ['p95=900', 'p95=1']) {
    test(`a finding that was measured (${measured}) is held against the code`, async () => {
      await check({ newText: GONE, measured }, 'good');
      const stays = 'prisma.post.count({ where: { authorId: 2 } })';
      await check({ newText: stays, measured }, 'broken', /would still be there/);
    });
  }
  test('the first of two that are alike', () =>
    check({ newText: '0', code: CODE.replace('[posts,', '[posts, await prisma.post.count(),') }, 'good'));
  test('a new finding', () =>
    check(
      { newText: `Promise.all(ids.map((id) => ${GONE.replace('authorId: 1', 'id')}))` },
      'broken',
      /new finding: n-plus-one at src\/a.ts:4/,
    ));
  test('a new finding that is quieter than the one that goes', () =>
    check({ newText: '(await prisma.post.findMany({ where: { authorId: 1 } })).map(({ id }) => id)' }, 'good'));
  test('a finding that an ignore comment no longer hides', () => {
    const loop = `ids.map((id) => ${GONE.replace('authorId: 1', 'id')})`;
    const count = 'await prisma.post.count({ where: { authorId: 1 } })';
    const both = `// querylens-ignore-next-line n-plus-one -- few\n  const posts = [${count}, await Promise.all(${loop})]`;
    const code = CODE.replace(`const posts = ${count}`, both);
    return check({ newText: '(\n    0\n  )', code }, 'broken', /new finding/);
  });
  test('a new type error', () =>
    check(
      { newText: GONE, types: async () => ({ kind: 'worse', message: 'src/a.ts:5 TS2322' }) },
      'broken',
      /add a type error: src\/a.ts:5 TS2322/,
    ));
  test('types that cannot be looked at', () => check({ newText: GONE, types: null }, 'unchecked', /types/));
  test('no time', () => check({ newText: GONE, budgetMs: 0 }, 'unchecked', /no time/));
  test('too little time', () =>
    check({ newText: GONE, budgetMs: 50, types: (_, signal) => whenAborted(signal) }, 'unchecked', /within 50 ms/));
  test('is given up with its caller', async () => {
    const signal = AbortSignal.abort(new Error('typed on'));
    await assert.rejects(trying({ newText: GONE, signal }), /typed on/);
  });
});

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
