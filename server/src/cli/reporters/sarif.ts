import type { Log, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import type { Finding, Fix, Problem, Severity } from '#shared/finding.ts';
import type { Range } from '#shared/location.ts';
import { fromHere, type LintReport, type RuleText } from '../lintReport.ts';

const LEVEL: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

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
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder the command was run in.' } } },
        invocations: [invocation(report)],
        results: report.findings.map((finding) => toResult(finding, report, rules)),
      },
    ],
  };
}

function toDescriptor({ id, finds, why }: RuleText): ReportingDescriptor {
  return { id, shortDescription: { text: finds }, fullDescription: { text: why }, help: { text: `${finds} ${why}` } };
}

function toResult(finding: Finding, report: LintReport, rules: readonly RuleText[]): Result {
  const { id, rule, severity, message, file, related, fixes, proof, model, operation, columns } = finding;
  const { measurement, former } = finding;
  const withEdits = fixes.filter(({ edits }) => edits.length > 0);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex((one) => one.id === rule),
    level: LEVEL[severity],
    message: { text: message },
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

function invocation({ problems, ...report }: LintReport) {
  return {
    executionSuccessful: !problems.some(({ kind }) => kind === 'rule'),
    toolExecutionNotifications: problems.map((problem) => toNotification(problem, report)),
  };
}

function toNotification({ file, line, message, kind }: Problem, report: Pick<LintReport, 'prefix'>) {
  const region = line === null ? {} : { region: { startLine: line } };
  const locations = file
    ? { locations: [{ physicalLocation: { artifactLocation: artifact(report, file), ...region } }] }
    : {};
  return {
    level: kind === 'file' || !kind ? ('warning' as const) : ('error' as const),
    message: { text: message },
    ...locations,
  };
}

function place(report: Pick<LintReport, 'prefix'>, file: string, { line, column, endLine, endColumn }: Range) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { physicalLocation: { artifactLocation: artifact(report, file), region } };
}

function artifact(report: Pick<LintReport, 'prefix'>, file: string) {
  return { uri: fromHere(report, file).split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}
