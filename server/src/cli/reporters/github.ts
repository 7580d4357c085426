import type { Severity } from '#shared/finding.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { seenLines } from './seenLines.ts';

const COMMAND: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** Workflow commands of GitHub Actions, which become annotations on the changed lines. */
export function github(report: LintReport): string {
  const findings = report.findings.map((finding) => {
    const { file, line, endLine, column, endColumn, severity, rule } = finding;
    const columns = line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {};
    const at = { file: fromHere(report, file), line, endLine, ...columns };
    return command(
      COMMAND[severity],
      { ...at, title: `querylens: ${rule}` },
      [finding.message, ...seenLines(finding)].join('\n'),
    );
  });
  const problems = report.problems.map(({ file, line, message }) =>
    command(
      'warning',
      { ...(file ? { file: fromHere(report, file) } : {}), ...(line ? { line } : {}), title: 'querylens' },
      message,
    ),
  );
  return [...findings, ...problems].join('');
}

function command(name: string, properties: Readonly<Record<string, string | number>>, data: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(data)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
