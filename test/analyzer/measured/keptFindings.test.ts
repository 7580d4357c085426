import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAnalyzer } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { RULES } from '#rules/index.ts';
import type { Measurements } from '#shared/measurement.ts';
import { editableWorkspace } from '#test/support/editableWorkspace.ts';
import { measurementsOf, readMeasured } from '#test/support/measuredLines.ts';
import { CLIENT, LOOP, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const USERS = `import { prisma } from './db';

export const users = () => prisma.user.findMany();
export const user = (id: number) => prisma.user.findUnique({ where: { id } });
`;

const FILES = {
  'package.json': '{}',
  'prisma/schema.prisma': SMALL_SCHEMA,
  ...{ 'src/db.ts': CLIENT, 'src/titles.ts': LOOP, 'src/users.ts': USERS },
};

const SLOW = ['Post.findFirst p95=700', 'User.findMany p95=3', 'User.findUnique p95=900'];

/** An analyzer of which texts and measurements change, and what a new one would say. */
function project() {
  const workspace = editableWorkspace(FILES);
  const settings = { ...defaultSettings(RULES), preset: 'all' as const };
  let lines = SLOW;
  const measurements = (graph: ProjectGraph): Measurements =>
    measurementsOf(graph, readMeasured(lines.map((line) => `// @measured ${line}`).join('\n')).measured);
  const make = () => createAnalyzer({ workspace, settings, rules: RULES, measurements });
  const analyzer = make();
  return {
    findings: async () => (await analyzer.snapshot()).findings,
    fresh: async () => (await make().snapshot()).findings,
    edit: (file: string, text: string) => {
      workspace.write(file, text);
      analyzer.update([file]);
    },
    measure: (...given: readonly string[]) => {
      lines = [...given];
    },
  };
}

describe('findings with measurements', () => {
  test('are the same objects while the same is measured, read anew as it may be', async () => {
    const { findings, edit } = project();
    const before = await findings();
    assert.ok(before.some(({ rule }) => rule === 'slow-query'));
    edit('src/db.ts', `${CLIENT}\nexport const more = 1;\n`);
    const after = await findings();
    assert.deepEqual(
      after.map((finding, at) => finding === before[at]),
      before.map(() => true),
    );
  });

  for (const [name, change] of [
    ['lines move', ({ edit }) => edit('src/users.ts', `// One line more.\n${USERS}`)],
    ['a function has another name', ({ edit }) => edit('src/titles.ts', LOOP.replace('titles(ids', 'headings(ids'))],
    ['a finding goes', ({ edit }) => edit('src/users.ts', USERS.replace('findMany()', 'findMany({ take: 5 })'))],
    [
      'something else is measured',
      ({ measure }) => measure('Post.findFirst p95=2 perRequest=40', 'User.findMany p95=800'),
    ],
    ['nothing is measured any more', ({ measure }) => measure()],
  ] satisfies readonly (readonly [string, (of: ReturnType<typeof project>) => void])[]) {
    test(`are those of a fresh run when ${name}`, async () => {
      const given = project();
      const before = await given.findings();
      change(given);
      const after = await given.findings();
      assert.notDeepEqual(after, before);
      assert.deepEqual(after, await given.fresh());
    });
  }
});
