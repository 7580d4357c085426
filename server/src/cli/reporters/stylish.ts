import { codeFrame } from '#render/codeFrame.ts';
import { countFindings, countText, plural } from '#render/count.ts';
import { fixText, placeText } from '#render/findingText.ts';
import type { Paint } from '#render/paint.ts';
import { wrap } from '#render/wrap.ts';
import type { Finding, Problem } from '#shared/finding.ts';
import { formerText, measurementText } from '#words/measurementText.ts';
import { proofText } from '#words/proofText.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { measuredLine } from '../measuredLine.ts';
import { dearest } from './dearest.ts';

const WIDTH = 100;

/** For people at a terminal: the code, what stands behind the finding, the places that explain it, the fix in words. */
export function stylish(report: LintReport, paint: Paint): string {
  const blocks = report.findings.map((finding) => findingBlock(finding, report, paint));
  const problems = report.problems.map((problem) => problemLine(problem, report, paint));
  return [...blocks, ...(problems.length > 0 ? [problems] : []), summaryBlock(report, paint)]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function findingBlock(finding: Finding, report: LintReport, paint: Paint): readonly string[] {
  const { severity, rule, message, proof, measurement, former, related, fixes } = finding;
  const text = report.read(finding.file);
  const place = placeText({ ...finding, file: fromHere(report, finding.file) });
  return [
    `${paint.strong(place)}  ${paint.severity(severity, severity)}  ${rule}`,
    ...wrap(message, WIDTH - 2).map((line) => `  ${line}`),
    '',
    ...(text === null ? [] : [...codeFrame(text, finding, severity, paint).map((line) => `  ${line}`), '']),
    ...labelled('proof', proofText(proof), paint),
    ...(measurement ? labelled('seen', measurementText(measurement), paint) : []),
    ...(former ? labelled('was', formerText(former), paint) : []),
    ...related.flatMap((at) => labelled('see', `${fromHere(report, at.file)}:${at.line} ${at.message}`, paint)),
    ...fixes.flatMap((fix) => labelled('fix', fixText(fix), paint)),
  ];
}

function labelled(label: string, text: string, paint: Paint): readonly string[] {
  const [first = '', ...rest] = wrap(text, WIDTH - 10);
  return [`  ${paint.faint(label.padEnd(6))} ${first}`, ...rest.map((line) => `         ${line}`)];
}

function problemLine({ file, line, column, message }: Problem, report: LintReport, paint: Paint): string {
  const place = [fromHere(report, file), line, line === null ? null : column].filter(
    (part) => part !== null && part !== '',
  );
  return `${paint.severity('warning', 'problem')}  ${place.length > 0 ? `${place.join(':')}: ` : ''}${message}`;
}

function summaryBlock(report: LintReport, paint: Paint): readonly string[] {
  const { findings, coverage, baseline, suppressed } = report;
  const asides = [
    suppressed > 0 ? `${suppressed} hidden by ignore comments` : '',
    baseline.accepted > 0 ? `${baseline.accepted} in the baseline` : '',
  ].filter(Boolean);
  const count = countText(countFindings(findings));
  const tail = asides.length > 0 ? ` (${asides.join(', ')})` : '';
  return [
    `${findings.length === 0 ? paint.good(count) : paint.strong(count)}${tail}`,
    coverageLine(report),
    ...coverage.unresolved.slice(0, 5).map((call) => `  ${fromHere(report, call.file)}:${call.line}  ${call.reason}`),
    ...(coverage.unresolved.length > 5
      ? [`  and ${coverage.unresolved.length - 5} more (--format json lists them)`]
      : []),
    ...measuredLines(report),
    ...baseline.stale.map(
      ({ rule, file }) => `stale baseline entry: ${rule} in ${file} is gone; run \`querylens baseline prune\``,
    ),
    ...statsLines(report),
  ];
}

function measuredLines(report: LintReport): readonly string[] {
  if (!report.measured) return [];
  const dear = dearest(report).map(({ place, rule, time }) => `  ${time}  ${place}  ${rule}`);
  return [measuredLine(report.measured), ...(dear.length > 0 ? ['most time went to'] : []), ...dear];
}

function coverageLine({ coverage: { files, parsed, queryCalls, understood } }: LintReport): string {
  const calls = plural(queryCalls, 'query');
  const rest =
    understood === queryCalls ? ', all understood' : `, ${understood} understood, ${queryCalls - understood} not:`;
  return `${plural(files, 'file')}, ${parsed} of them parsed; ${calls}${queryCalls === 0 ? '' : rest}`;
}

function statsLines({ stats }: LintReport): readonly string[] {
  if (!stats) return [];
  const phases = Object.entries(stats.phases).map(
    ([name, ms]) => `  ${name.padEnd(10)} ${ms.toFixed(0).padStart(6)} ms`,
  );
  const memory = `${(stats.peakMemory / 1024 / 1024).toFixed(0)} MB at most`;
  return [`${stats.totalMs.toFixed(0)} ms, ${memory}`, ...phases];
}
