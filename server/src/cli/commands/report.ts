import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { reportMarkdown } from '#render/report/reportMarkdown.ts';
import type { Host } from '../host.ts';
import { projectReport, useOf } from '../projectReport.ts';
import type { RunSurroundings } from '../projectRun.ts';
import { findingOutput } from '../reporters/findingOutput.ts';
import type { ReportOptions } from '../reportOptions.ts';

/** Prints where the time goes: measured queries, what each route costs, findings and indexes. */
export async function report(
  path: string,
  options: ReportOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<void> {
  const rows = rowCount(options.rows);
  const made = await projectReport({ path, use: useOf(options.evidence) }, host, around);
  const text =
    options.format === 'json'
      ? `${JSON.stringify({ ...made, findings: made.findings.map(findingOutput) }, null, 2)}\n`
      : reportMarkdown(made, rows);
  if (options.output === undefined) host.stdout.write(text);
  else writeReport(resolve(host.cwd, options.output), text);
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
