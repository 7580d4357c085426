import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONFIG_FILE } from '#analyzer/loadSettings.ts';
import type { Finding } from '#shared/finding.ts';
import { analyse } from '#test/support/analyse.ts';
import { builtCli } from '#test/support/builtCli.ts';
import { withCaseTree } from '#test/support/caseTree.ts';
import { checkCase } from '#test/support/checkCase.ts';
import { projectFiles } from '#test/support/exampleParts.ts';
import { fixtureCases, pageCases, pageText, ruleFolders } from '#test/support/ruleCases.ts';
import { assertPage } from '#test/support/rulePage.ts';

const cases = new Map(ruleFolders().map((rule) => [rule, [...pageCases(rule), ...fixtureCases(rule)]]));

for (const [rule, ruleCases] of cases) {
  describe(rule, () => {
    test('README.md', () => assertPage(pageText(rule), rule));
    for (const ruleCase of ruleCases) test(ruleCase.name, () => checkCase(ruleCase));
  });
}

test('the built command line says the same of all examples together', async () => {
  const projects = new Map(
    [...cases.values()].flat().map(({ parts }, index) => [`case${index}`, projectFiles(parts)] as const),
  );
  const byConfig = Map.groupBy(projects, ([, files]) => files[CONFIG_FILE] ?? '{ "extends": "all" }');
  for (const [config, group] of byConfig) {
    const expected = await Promise.all(
      group.map(async ([name, files]) => inFolder(name, (await analyse(files)).findings)),
    );
    const found = withCaseTree(new Map([...group, ['.', { [CONFIG_FILE]: config }]]), (folder) => {
      const { stdout, stderr } = builtCli(['lint', '--format', 'json', '.'], folder);
      assert.equal(stderr, '');
      return (JSON.parse(stdout) as { findings: readonly Finding[] }).findings;
    });
    assertSame(comparable(found), comparable(expected.flat()));
  }
});

/** The findings of a project as they look from the folder it lies in. */
function inFolder(name: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({
    ...finding,
    file: `${name}/${finding.file}`,
    related: finding.related.map((place) => ({ ...place, file: `${name}/${place.file}` })),
  }));
}

/** What must be equal: all but the identity, which holds the path, edits, which the JSON leaves out, and paths in messages. */
function comparable(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ id: _, index: __, fixes, ...finding }) => {
    const words = fixes.map(({ title, safety }) => `${safety} ${title}`);
    return JSON.stringify({ ...finding, fixes: words }, plain);
  });
}

function plain(key: string, value: unknown): unknown {
  if (key === 'message') return String(value).replace(/case\d+\//g, '');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function assertSame(built: readonly string[], engine: readonly string[]): void {
  const onlyBuilt = built.filter((finding) => !engine.includes(finding));
  const onlyEngine = engine.filter((finding) => !built.includes(finding));
  assert.deepEqual({ onlyBuilt, onlyEngine }, { onlyBuilt: [], onlyEngine: [] });
  assert.equal(built.length, engine.length);
}
