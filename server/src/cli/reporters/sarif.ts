import type { Log, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import type { Finding, Fix, Problem, Severity } from '#shared/finding.ts';
import type { Range } from '#shared/location.ts';
import { fromHere, type LintReport, problemLevel, type RuleText } from '../lintReport.ts';
import { loudestFirst } from './loudestFirst.ts';

const LEVEL: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** GitHub refuses a run with more, and shows the 5,000 loudest. */
const MOST_RESULTS = 25_000;

/** SARIF 2.1.0, for code-scanning services. */
export function sarif(report: LintReport): string {
  return `${JSON.stringify(toLog(report), null, 2)}\n`;
}

function toLog(report: LintReport): Log {
  const used = new Set(report.findings.map(({ rule }) => rule));
  const rules = report.rules.filter(({ id }) => used.has(id));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Querylens', semanticVersion: report.version, rules: rules.map(toDescriptor) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          SRCROOT: { description: { text: 'The checkout, or the folder the command was run in.' } },
        },
        invocations: [invocation(report)],
        results: loudestFirst(report.findings)
          .slice(0, MOST_RESULTS)
          .map((finding) => toResult(finding, report, rules)),
      },
    ],
  };
}

function toDescriptor({ id, finds, why }: RuleText): ReportingDescriptor {
  const page = `\`querylens explain ${id}\` prints the page of the rule, with examples and what to do.`;
  return {
    ...{ id, shortDescription: { text: finds }, fullDescription: { text: why } },
    help: { text: `${finds} ${why} ${page}`, markdown: `${finds}\n\n${why}\n\n${page}` },
    properties: { tags: ['performance', 'database', 'prisma'] },
  };
}

function toResult(finding: Finding, report: LintReport, rules: readonly RuleText[]): Result {
  const { id, rule, severity, message, file, related, fixes, proof, model, operation, columns } = finding;
  const { measurement, former } = finding;
  const withEdits = fixes.filter(({ edits }) => edits.length > 0);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex((one) => one.id === rule),
    level: LEVEL[severity],
    message: { text: [message, ...linksTo(related)].join('\n\n') },
    locations: [place(report, file, finding)],
    partialFingerprints: { 'querylens/v1': id },
    ...(related.length > 0
      ? {
          relatedLocations: related.map((at, index) => ({
            id: index,
            ...place(report, at.file, at),
            message: { text: at.message },
          })),
        }
      : {}),
    ...(withEdits.length > 0 ? { fixes: withEdits.map((fix) => toFix(fix, report)) } : {}),
    properties: {
      ...{ proof, severity, model, operation, columns: [...columns] },
      ...(measurement ? { measurement } : {}),
      ...(former ? { former } : {}),
    },
  };
}

/** Code scanning shows a further place where the message links to its number, as SARIF 2.1.0 has it in 3.11.6. */
function linksTo(related: Finding['related']): readonly string[] {
  const links = related.map(({ message }, index) => `[${message.replace(/[[\]\\]/g, '\\$&')}](${index})`);
  return links.length === 0 ? [] : [`See ${links.join(', ')}.`];
}

function toFix({ title, edits }: Fix, report: LintReport): SarifFix {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(report, file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ span, newText }) => ({
          deletedRegion: { charOffset: span.start, charLength: span.end - span.start },
          insertedContent: { text: newText },
        })),
    })),
  };
}

function invocation({ problems, findings, ...report }: LintReport) {
  const left = findings.length - MOST_RESULTS;
  const text = `${left} further findings are left out: GitHub takes ${MOST_RESULTS} of a run.`;
  return {
    executionSuccessful: !problems.some(({ kind }) => kind === 'rule'),
    toolExecutionNotifications: [
      ...problems.map((problem) => toNotification(problem, report)),
      ...(left > 0 ? [{ level: 'warning' as const, message: { text } }] : []),
    ],
  };
}

function toNotification(problem: Problem, report: Pick<LintReport, 'prefix'>) {
  const { file, line, message } = problem;
  const region = line === null ? {} : { region: { startLine: line } };
  const locations = file
    ? { locations: [{ physicalLocation: { artifactLocation: artifact(report, file), ...region } }] }
    : {};
  return { level: problemLevel(problem), message: { text: message }, ...locations };
}

function place(report: Pick<LintReport, 'prefix'>, file: string, { line, column, endLine, endColumn }: Range) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { physicalLocation: { artifactLocation: artifact(report, file), region } };
}

function artifact(report: Pick<LintReport, 'prefix'>, file: string) {
  return { uri: fromHere(report, file).split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}
