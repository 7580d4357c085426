import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { type PageProgram, reportHtml } from '#render/report/reportHtml.ts';
import { reportMarkdown } from '#render/report/reportMarkdown.ts';
import { reportPrometheus } from '#render/report/reportPrometheus.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { Host } from '../host.ts';
import { projectReport, useOf } from '../projectReport.ts';
import type { RunSurroundings } from '../projectRun.ts';
import { findingOutput } from '../reporters/findingOutput.ts';
import { REPORT_PAGE, type ReportOptions } from '../reportOptions.ts';

/** Prints where the time goes: measured queries, what each route costs, findings and indexes. */
export async function report(
  path: string,
  options: ReportOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<void> {
  const rows = rowCount(options.rows);
  const made = await projectReport({ path, use: useOf(options.evidence) }, host, around);
  const { format, output = format === 'html' ? REPORT_PAGE : null } = options;
  const text = TEXTS[format](made, rows, host);
  if (output === null) return void host.stdout.write(text);
  const file = resolve(host.cwd, output);
  writeReport(file, text);
  if (format === 'html') host.stderr.write(`querylens: the report is in ${file}\n`);
}

type Text = (report: PerformanceReport, rows: number, host: Host) => string;

const TEXTS: Readonly<Record<ReportOptions['format'], Text>> = {
  markdown: reportMarkdown,
  prometheus: reportPrometheus,
  json: (made) => `${JSON.stringify(outputOf(made), null, 2)}\n`,
  html: (made, _, { reportPage }) => reportHtml(JSON.stringify(outputOf(made)), readPage(reportPage)),
};

/** As docs/report.schema.json says. */
function outputOf(made: PerformanceReport): object {
  return { ...made, findings: made.findings.map(findingOutput) };
}

function readPage(folder: string): PageProgram {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  try {
    return { script: read('report-page.js'), style: read('report-page.css') };
  } catch (error) {
    throw new Failure(
      `the page of reports is not where it should be: ${error instanceof Error ? error.message : String(error)}; install Querylens anew`,
    );
  }
}

function rowCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Failure(`--rows takes a number from 1 up, not "${text}"`);
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
