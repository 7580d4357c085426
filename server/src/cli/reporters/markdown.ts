import { countFindings, countText } from '#render/count.ts';
import { findingDetails } from '#render/findingMarkdown.ts';
import { placeText } from '#render/findingText.ts';
import { inlineMarkdown, tableMarkdown } from '#render/markdown.ts';
import type { Finding } from '#shared/finding.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { measuredLine } from '../measuredLine.ts';
import { dearest } from './dearest.ts';

/** For a pull-request comment or a job summary: the loud findings open, the quiet ones folded away. */
export function markdown(report: LintReport): string {
  const loud = report.findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const quiet = report.findings.filter((finding) => !loud.includes(finding));
  const { queryCalls, understood } = report.coverage;
  return [
    `## Querylens: ${countText(countFindings(report.findings))}`,
    `${understood} of ${queryCalls} Prisma calls understood.`,
    ...measuredBlocks(report),
    ...loud.map((finding) => section(finding, report)),
    ...(quiet.length > 0 ? [folded(quiet, report)] : []),
    ...report.problems.map(
      ({ file, message }) =>
        `> **Problem**${file ? ` in \`${fromHere(report, file)}\`` : ''}: ${inlineMarkdown(message)}`,
    ),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

function section(finding: Finding, report: LintReport): string {
  const { severity, rule, message } = finding;
  const details = findingDetails(finding, (at) => `\`${fromHere(report, at.file)}:${at.line}\``);
  const place = placeText({ ...finding, file: fromHere(report, finding.file) });
  return [`### ${severity}: ${rule} at \`${place}\``, '', inlineMarkdown(message), '', details].join('\n');
}

function measuredBlocks(report: LintReport): readonly string[] {
  if (!report.measured) return [];
  const dear = dearest(report).map(({ place, rule, time }) => `- ${time}: ${rule} at \`${place}\``);
  const line = `${capitalised(measuredLine(report.measured))}.`;
  return dear.length === 0 ? [line] : [line, ['Most time went to', '', ...dear].join('\n')];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function folded(findings: readonly Finding[], report: LintReport): string {
  const rows = findings.map((finding) => {
    const place = placeText({ ...finding, file: fromHere(report, finding.file) });
    return [finding.severity, finding.rule, `\`${place}\``, inlineMarkdown(finding.message)];
  });
  const table = tableMarkdown(['severity', 'rule', 'place', 'message'], rows);
  return ['<details>', `<summary>${countText(countFindings(findings))}</summary>`, '', table, '', '</details>'].join(
    '\n',
  );
}
