import type { Severity } from '#shared/finding.ts';

/** What Querylens itself has to say about ignore comments; levels are set like those of any rule. */
export interface BuiltInRule {
  readonly id: string;
  readonly finds: string;
  readonly why: string;
  readonly severity: Severity;
}

export const BUILT_IN_RULES = [
  {
    id: 'ignore-without-reason',
    finds: 'An ignore comment that does not say why.',
    why: 'Whoever meets the comment later cannot tell a decision from a shortcut.',
    severity: 'warning',
  },
  {
    id: 'unused-ignore',
    finds: 'An ignore comment that hides nothing, or names a rule that does not exist.',
    why: 'A comment left behind hides the next finding that comes to that place.',
    severity: 'warning',
  },
] as const satisfies readonly BuiltInRule[];

export type BuiltInRuleId = (typeof BUILT_IN_RULES)[number]['id'];

/** Where a rule is explained, relative to the package. */
export function docsOf(rule: string): string {
  return `docs/rules.md#${rule}`;
}
