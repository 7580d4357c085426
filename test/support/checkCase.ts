import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '#analyzer/analyzer.ts';
import { RULES } from '#rules/index.ts';
import type { Rule } from '#rules/rule.ts';
import { analyse } from './analyse.ts';
import { applyFixes, fixEdits } from './applyFixes.ts';
import { joinParts, projectFiles } from './exampleParts.ts';
import { assertExpected } from './expectations.ts';
import type { RuleCase } from './ruleCases.ts';

/** Fails unless the example gives what its comments say, and its fixes what its golden file says. */
export async function checkCase(ruleCase: RuleCase, rules: readonly Rule[] = RULES): Promise<void> {
  const files = projectFiles(ruleCase.parts);
  const expectations = ruleCase.parts.flatMap((part) => part.expectations);
  if (ruleCase.asks === 'finds') assert.ok(expectations.length > 0, 'the example underlines what is found');
  if (ruleCase.asks === 'silent') assert.deepEqual(expectations, [], 'a silent example expects nothing');
  const measured = ruleCase.parts.flatMap((part) => part.measured);
  const snapshot = await analyse(files, rules, measured);
  assertUnderstood(snapshot, files);
  const compared = new Set([ruleCase.rule, ...expectations.map((expected) => expected.rule)]);
  const findings = snapshot.findings.filter((finding) => compared.has(finding.rule));
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
  const of = ({ findings }: Snapshot) => findings.filter((finding) => finding.rule === rule);
  const findings = of(snapshot);
  const fixable = findings.filter((finding) => fixEdits(finding).length > 0);
  if (fixable.length === 0) return assert.ok(!existsSync(golden), `${golden}: no finding has a fix, delete the file`);
  let fixed = applyFixes(files, findings);
  let after = of(await analyse(fixed));
  // Of edits to one place the second waits until the first is made.
  if (after.length > findings.length - fixable.length) {
    fixed = applyFixes(fixed, after);
    after = of(await analyse(fixed));
  }
  const text = joinParts(parts, fixed);
  if (process.env.UPDATE) writeFileSync(golden, text);
  assert.ok(existsSync(golden), `${golden} is missing: run with UPDATE=1 and read what it writes`);
  assert.equal(text, readFileSync(golden, 'utf8'));
  assert.equal(after.length, findings.length - fixable.length, 'the fixes remove what they were offered for');
}
