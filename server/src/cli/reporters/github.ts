import type { Finding, Problem, Severity } from '#shared/finding.ts';
import { fromHere, type LintReport, problemLevel } from '../lintReport.ts';
import { loudestFirst } from './loudestFirst.ts';
import { seenLines } from './seenLines.ts';

type Kind = 'error' | 'warning' | 'notice';

const KIND: Readonly<Record<Severity, Kind>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/** Annotations of one kind that GitHub shows of a step; of a job it shows 50. It drops the others without a word. */
const SHOWN = 10;

interface Annotation {
  readonly kind: Kind;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly text: string;
}

/** Workflow commands of GitHub Actions, which become annotations on the changed lines; first what must be among those that are shown. */
export function github(report: LintReport): string {
  const annotations = [
    ...report.problems.map((problem) => ofProblem(problem, report)),
    ...loudestFirst(report.findings).map((finding) => ofFinding(finding, report)),
  ];
  return [...annotations.map(command), ...dropped(annotations)].map((line) => `${line}\n`).join('');
}

function ofFinding(finding: Finding, report: LintReport): Annotation {
  const { file, line, endLine, column, endColumn, severity, rule, message } = finding;
  const columns = line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {};
  return {
    kind: KIND[severity],
    properties: { file: fromHere(report, file), line, endLine, ...columns, title: `querylens: ${rule}` },
    text: [message, ...seenLines(finding)].join('\n'),
  };
}

function ofProblem(problem: Problem, report: LintReport): Annotation {
  const { file, line, message } = problem;
  const at = { ...(file ? { file: fromHere(report, file) } : {}), ...(line ? { line } : {}) };
  return { kind: problemLevel(problem), properties: { ...at, title: 'querylens' }, text: message };
}

/** A line for the log of the step, where everything stands. */
function dropped(annotations: readonly Annotation[]): readonly string[] {
  const kinds = [...Map.groupBy(annotations, ({ kind }) => kind)].filter(([, each]) => each.length > SHOWN);
  if (kinds.length === 0) return [];
  const counts = kinds.map(([kind, each]) => `${SHOWN} of ${each.length} ${kind}s`).join(', ');
  return [`GitHub shows ${counts} of a step: the loudest and best proven. --format sarif or markdown shows all.`];
}

function command({ kind, properties, text }: Annotation): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${kind} ${list.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
