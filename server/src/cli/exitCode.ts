import type { LintOptions } from './lintOptions.ts';
import type { LintReport } from './lintReport.ts';

/** 0 nothing to complain about, 1 something to put right in the linted project, 2 the run did not do its work. */
export type ExitCode = 0 | 1 | 2;

/** A rule that threw or a missing schema is a failed run; errors, too many warnings, broken schemas and stale entries are findings. */
export function exitCode(
  report: LintReport,
  { maxWarnings, passOnStale }: Pick<LintOptions, 'maxWarnings' | 'passOnStale'>,
): ExitCode {
  if (report.problems.some(({ kind }) => kind === 'rule' || kind === 'no-schema')) return 2;
  if (report.problems.some(({ kind }) => kind === 'schema')) return 1;
  if (report.baseline.stale.length > 0 && !passOnStale) return 1;
  if (report.findings.some(({ severity }) => severity === 'error')) return 1;
  return report.findings.filter(({ severity }) => severity === 'warning').length > maxWarnings ? 1 : 0;
}
