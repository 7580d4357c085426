import { type Finding, SEVERITIES, type Severity } from '#shared/finding.ts';
import { pluralOf } from '#shared/plural.ts';

/** How many findings there are of each severity and of each rule, in a fixed order. */
export interface Counts {
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly byRule: Readonly<Record<string, number>>;
}

export function countFindings(findings: readonly Finding[]): Counts {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const bySeverity = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) bySeverity[severity]++;
  const byRule = rules.map((id) => [id, findings.filter(({ rule }) => rule === id).length]);
  return { bySeverity, byRule: Object.fromEntries(byRule) };
}

/** `2 errors, 1 hint`, loudest first; `no findings` when there are none. */
export function countText({ bySeverity }: Counts): string {
  const parts = SEVERITIES.filter((name) => bySeverity[name] > 0).map((name) => plural(bySeverity[name], name));
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** Whether a finding can fail a run; hints and infos are advice. */
export function isLoud({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

export function plural(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${pluralOf(noun)}`;
}
