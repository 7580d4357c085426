import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Rule } from '#rules/rule.ts';
import { checkCase } from '#test/support/checkCase.ts';
import { fixtureCases, pageCases, pageText, RULES_FOLDER } from '#test/support/ruleCases.ts';
import { assertPage } from '#test/support/rulePage.ts';
import { ruleTemplate } from '../../scripts/generate/ruleTemplate.ts';

describe('npm run new-rule', async () => {
  const rules = mkdtempSync(join(tmpdir(), 'querylens-new-rule-'));
  for (const [path, text] of Object.entries(ruleTemplate('stale-cursor'))) {
    const target = join(rules, 'stale-cursor', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, fromElsewhere(text));
  }
  const { rule }: { rule: Rule } = await import(pathToFileURL(join(rules, 'stale-cursor/rule.ts')).href);
  const cases = [...pageCases('stale-cursor', rules), ...fixtureCases('stale-cursor', rules)];
  const page = pageText('stale-cursor', rules);
  rmSync(rules, { recursive: true });

  test('makes a complete page', () => assertPage(page, 'stale-cursor'));
  test('names the rule after its folder', () => assert.equal(rule.meta.id, 'stale-cursor'));
  for (const ruleCase of cases) {
    test(`makes a rule that passes ${ruleCase.name}`, () => checkCase({ ...ruleCase, golden: null }, [rule]));
  }
});

/** The template's imports, as they must be written outside the project. */
function fromElsewhere(text: string): string {
  return text
    .replace("'../rule.ts'", `'${pathToFileURL(join(RULES_FOLDER, 'rule.ts')).href}'`)
    .replace("'zod'", `'${import.meta.resolve('zod')}'`);
}
