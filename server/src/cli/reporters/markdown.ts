import { countFindings, countText, isLoud } from '#render/count.ts';
import { findingDetails } from '#render/findingMarkdown.ts';
import { placeText } from '#render/findingText.ts';
import { foldedMarkdown, inlineMarkdown, tableMarkdown } from '#render/markdown.ts';
import type { Finding } from '#shared/finding.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { measuredLine } from '../measuredLine.ts';
import { dearest } from './dearest.ts';
import { loudestFirst } from './loudestFirst.ts';

/** So much of a list is shown: GitHub takes no summary of more than 1 MiB. */
const MOST_OPEN = 200;
const MOST_ROWS = 1000;

/** For a job summary: the loud findings open, the quiet ones folded away. */
export function markdown(report: LintReport): string {
  const sorted = loudestFirst(report.findings);
  const loud = sorted.filter(isLoud);
  const quiet = sorted.filter((finding) => !isLoud(finding));
  const { queryCalls, understood } = report.coverage;
  return [
    `## Querylens: ${countText(countFindings(report.findings))}`,
    `${understood} of ${queryCalls} queries understood.`,
    ...measuredBlocks(report),
    ...loud.slice(0, MOST_OPEN).map((finding) => section(finding, report)),
    ...more(loud.length - MOST_OPEN),
    ...(quiet.length > 0 ? [foldedTable(quiet, report)] : []),
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

function more(left: number): readonly string[] {
  return left > 0 ? [`And ${left} more.`] : [];
}

function foldedTable(findings: readonly Finding[], report: LintReport): string {
  const rows = findings.slice(0, MOST_ROWS).map((finding) => {
    const place = placeText({ ...finding, file: fromHere(report, finding.file) });
    return [finding.severity, finding.rule, `\`${place}\``, inlineMarkdown(finding.message)];
  });
  const table = tableMarkdown(['severity', 'rule', 'place', 'message'], rows);
  return foldedMarkdown(countText(countFindings(findings)), [table, ...more(findings.length - MOST_ROWS)].join('\n\n'));
}
