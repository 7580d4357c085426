import type { FileRole } from '#graph/projectGraph.ts';
import { PROOFS, type Proof, SEVERITIES, type Severity } from '#shared/finding.ts';
import type { RuleLevel, Settings } from '#shared/settings.ts';

export interface Weight {
  readonly proof: Proof;
  /** The rule's default. */
  readonly usual: Severity;
  /** What the rule thinks of this case. */
  readonly weighed: Severity | undefined;
  /** What the configuration says; null leaves it to the rule. */
  readonly level: RuleLevel | null;
  readonly role: FileRole;
}

/** How loud a finding is after configuration, proof and the file's role had their say; null leaves it out. */
export function severityOf(
  { proof, usual, weighed, level, role }: Weight,
  include: Settings['include'],
): Severity | null {
  if (level === 'off') return null;
  if (role !== 'app' && !include.includes(role)) return null;
  const wanted = level ?? weighed ?? usual;
  return role !== 'app' || PROOFS.indexOf(proof) < PROOFS.indexOf('schema') ? quieter(wanted, 'hint') : wanted;
}

function quieter(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b;
}
