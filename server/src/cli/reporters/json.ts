import { countFindings } from '#render/count.ts';
import type { Finding } from '#shared/finding.ts';
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
    findings: findings.map(toOutputFinding),
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

function toOutputFinding(finding: Finding) {
  const { id, rule, severity, proof, message, file, line, column, endLine, endColumn } = finding;
  const { model, operation, columns, related, fixes, measurement, former, docs } = finding;
  const place = { file, line, column, endLine, endColumn };
  return {
    ...{ id, rule, severity, proof, message, ...place, model, operation, columns },
    related: related.map(({ file, line, column, endLine, endColumn, message }) => ({
      ...{ file, line, column, endLine, endColumn, message },
    })),
    fixes: fixes.map(({ title, safety }) => ({ title, safety })),
    ...{ measurement, ...(former ? { former } : {}), docs },
  };
}
