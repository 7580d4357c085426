import { type Finding, PROOFS, SEVERITIES } from '#shared/finding.ts';

/** What to act on first, for formats that are cut short by whoever shows them: the loudest, then the best proven, then what took most time. */
export function loudestFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      PROOFS.indexOf(b.proof) - PROOFS.indexOf(a.proof) ||
      spentMs(b) - spentMs(a),
  );
}

/** Time that all measured executions of a finding's call took together. */
export function spentMs({ measurement }: Finding): number {
  return measurement === null ? 0 : measurement.calls * measurement.meanMs;
}
