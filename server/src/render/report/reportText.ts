import type { ReportFormat } from '#shared/protocol.ts';
import type { PerformanceReport } from '#shared/report.ts';
import { findingOutput } from '../findingOutput.ts';
import { type PageProgram, reportHtml } from './reportHtml.ts';
import { reportMarkdown } from './reportMarkdown.ts';
import { reportPrometheus } from './reportPrometheus.ts';

/** A report as `format` is read, whether it is printed or written to a file. */
export function reportText(report: PerformanceReport, format: ReportFormat, { rows, page }: ReportTextOptions): string {
  if (format === 'markdown') return reportMarkdown(report, rows);
  if (format === 'prometheus') return reportPrometheus(report, rows);
  if (format === 'json') return `${JSON.stringify(reportOutput(report), null, 2)}\n`;
  return reportHtml(JSON.stringify(reportOutput(report)), page());
}

export interface ReportTextOptions {
  /** Of each list, in Markdown and as metrics. */
  readonly rows: number;
  /** Read only where it is needed. */
  readonly page: () => PageProgram;
}

/** As docs/report.schema.json says. */
export function reportOutput(report: PerformanceReport): object {
  return { ...report, findings: report.findings.map(findingOutput) };
}
