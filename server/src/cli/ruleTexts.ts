import { BUILT_IN_RULES, docsOf } from '#analyzer/builtInRules.ts';
import type { Rule } from '#rules/rule.ts';
import type { RuleText } from './lintReport.ts';

/** What formats and listings say of each rule, built-in ones included. */
export function ruleTexts(rules: readonly Rule[]): readonly RuleText[] {
  const own = rules.map(({ meta: { id, finds, why } }) => ({ id, finds, why, docs: docsOf(id) }));
  return [...own, ...BUILT_IN_RULES.map(({ id, finds, why }) => ({ id, finds, why, docs: docsOf(id) }))];
}
