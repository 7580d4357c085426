import { countFindings } from '#render/count.ts';
import { findingOutput } from '#render/findingOutput.ts';
import type { LintReport } from '../lintReport.ts';

/** The public contract, described by docs/output.schema.json. */
export function json(report: LintReport): string {
  return `${JSON.stringify(toOutput(report), null, 2)}\n`;
}

function toOutput({ version, findings, problems, coverage, baseline, suppressed, measured, stats }: LintReport) {
  return {
    version: 1,
    tool: { name: 'querylens', version },
    summary: {
      findings: findings.length,
      ...countFindings(findings),
      suppressed,
      baselined: baseline.accepted,
      stale: baseline.stale.length,
      ...(measured ? { measured } : {}),
    },
    findings: findings.map(findingOutput),
    coverage: {
      files: coverage.files,
      parsed: coverage.parsed,
      queryCalls: coverage.queryCalls,
      understood: coverage.understood,
      unresolved: coverage.unresolved.map(({ file, line, reason }) => ({ file, line, reason })),
    },
    problems: problems.map(({ file, line, column, message }) => ({ file: file || null, line, column, message })),
    staleBaseline: baseline.stale.map(({ id, rule, file }) => ({ id, rule, file })),
    ...(stats ? { stats } : {}),
  };
}
