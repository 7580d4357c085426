import type { Severity } from '#shared/finding.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { seenLines } from './seenLines.ts';

const SEVERITY: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  hint: 'info',
};

/** GitLab's code quality report, shown in merge requests. */
export function gitlab(report: LintReport): string {
  const issues = report.findings.map(({ id, rule, severity, message, file, line, endLine, ...seen }) => ({
    description: [message, ...seenLines(seen)].join('\n'),
    check_name: rule,
    fingerprint: id,
    severity: SEVERITY[severity],
    location: { path: fromHere(report, file), lines: { begin: line, end: endLine } },
  }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
