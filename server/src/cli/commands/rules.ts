import { BUILT_IN_RULES, docsOf } from '#analyzer/builtInRules.ts';
import type { Paint } from '#render/paint.ts';
import { wrap } from '#render/wrap.ts';
import type { Rule } from '#rules/rule.ts';

/** The rules with what each finds, as text or as JSON. */
export function rulesText(rules: readonly Rule[], format: string, paint: Paint): string {
  const listed = [
    ...rules.map(({ meta: { id, finds, why, severity, preset, stage } }) => ({
      id,
      finds,
      why,
      severity,
      preset,
      stage,
    })),
    ...BUILT_IN_RULES.map((rule) => ({ ...rule, preset: 'recommended', stage: 'stable' })),
  ];
  if (format === 'json')
    return `${JSON.stringify(
      listed.map((rule) => ({ ...rule, docs: docsOf(rule.id) })),
      null,
      2,
    )}\n`;
  return listed
    .map(({ id, finds, severity, preset, stage }) => {
      const on = stage === 'experimental' ? 'experimental' : preset;
      const head = `${paint.strong(id)}  ${paint.severity(severity, severity)}  ${paint.faint(on)}`;
      return [head, ...wrap(finds, 90).map((line) => `  ${line}`), ''].join('\n');
    })
    .join('\n');
}
