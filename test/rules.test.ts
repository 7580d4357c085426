import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Snapshot } from '#analyzer/analyzer.ts';
import { CONFIG_FILE } from '#analyzer/loadSettings.ts';
import type { Finding } from '#shared/finding.ts';
import { analyse } from '#test/support/analyse.ts';
import { applyFixes, fixEdits } from '#test/support/applyFixes.ts';
import { builtCli } from '#test/support/builtCli.ts';
import { withCaseTree } from '#test/support/caseTree.ts';
import { joinParts, projectFiles } from '#test/support/exampleParts.ts';
import { assertExpected } from '#test/support/expectations.ts';
import { fixtureCases, pageCases, pageText, type RuleCase, ruleFolders } from '#test/support/ruleCases.ts';
import { assertPage } from '#test/support/rulePage.ts';

const cases = new Map(ruleFolders().map((rule) => [rule, [...pageCases(rule), ...fixtureCases(rule)]]));

for (const [rule, ruleCases] of cases) {
  describe(rule, () => {
    test('README.md', () => assertPage(pageText(rule), rule));
    for (const ruleCase of ruleCases) test(ruleCase.name, () => check(ruleCase));
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

/** What must be equal: all but the identity, which holds the path, the edits, which the JSON leaves out, and paths in messages. */
function comparable(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ id: _, fixes, ...finding }) => {
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

async function check(ruleCase: RuleCase): Promise<void> {
  const files = projectFiles(ruleCase.parts);
  const expectations = ruleCase.parts.flatMap((part) => part.expectations);
  if (ruleCase.asks === 'finds') assert.ok(expectations.length > 0, 'the example underlines what is found');
  if (ruleCase.asks === 'silent') assert.deepEqual(expectations, [], 'a silent example expects nothing');
  const snapshot = await analyse(files);
  assertUnderstood(snapshot, files);
  const rules = new Set([ruleCase.rule, ...expectations.map((expected) => expected.rule)]);
  const findings = snapshot.findings.filter((finding) => rules.has(finding.rule));
  assertExpected(files, expectations, findings);
  if (ruleCase.golden) await checkGolden(ruleCase, files, snapshot, ruleCase.golden);
}

/** Silence counts only where the example was read without trouble and its queries were seen. */
function assertUnderstood({ problems, coverage }: Snapshot, files: Readonly<Record<string, string>>): void {
  assert.deepEqual(problems, []);
  assert.deepEqual(coverage.unresolved, []);
  const hasCode = Object.keys(files).some((file) => /\.tsx?$/.test(file));
  if (hasCode) assert.ok(coverage.understood > 0, 'the example holds a Prisma call');
}

async function checkGolden(
  { rule, parts }: RuleCase,
  files: Readonly<Record<string, string>>,
  snapshot: Snapshot,
  golden: string,
): Promise<void> {
  const findings = snapshot.findings.filter((finding) => finding.rule === rule);
  const fixed = applyFixes(files, findings);
  const fixable = findings.filter((finding) => fixEdits(finding).length > 0);
  if (fixable.length === 0) return assert.ok(!existsSync(golden), `${golden}: no finding has a fix, delete the file`);
  const text = joinParts(parts, fixed);
  if (process.env.UPDATE) writeFileSync(golden, text);
  assert.ok(existsSync(golden), `${golden} is missing: run with UPDATE=1 and read what it writes`);
  assert.equal(text, readFileSync(golden, 'utf8'));
  const after = (await analyse(fixed)).findings.filter((finding) => finding.rule === rule);
  assert.equal(after.length, findings.length - fixable.length, 'the fixes remove what they were offered for');
}
