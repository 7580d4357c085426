import { placeText } from '#render/findingText.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { seenLines } from './seenLines.ts';

/** One line per finding for programs that read text: place, severity, rule, message, then `help:` and `see:` where there is more. */
export function agent(report: LintReport): string {
  const lines = report.findings.map((finding) => {
    const { severity, rule, message, fixes, related, id, proof } = finding;
    const place = placeText({ ...finding, file: fromHere(report, finding.file) });
    const help = fixes.map(
      ({ title, safety, edits }) => ` help: ${title}${edits.length > 0 && safety === 'safe' ? ' (--fix)' : ''}`,
    );
    const see = related.map((at) => ` see: ${fromHere(report, at.file)}:${at.line} ${at.message}`);
    const seen = seenLines(finding).map((line) => ` ${line}`);
    return oneLine(
      `${place}: ${severity} ${rule}: ${message} [${proof} ${id}]${seen.join('')}${help.join('')}${see.join('')}`,
    );
  });
  const problems = report.problems.map(({ file, line, column, message }) =>
    oneLine(`${fromHere(report, file) || 'querylens'}:${line ?? 1}:${column ?? 1}: problem: ${message}`),
  );
  return [...lines, ...problems].map((line) => `${line}\n`).join('');
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}
