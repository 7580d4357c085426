import { findingOutput } from '#render/findingOutput.ts';
import { diffMarkdown } from '#render/report/diffMarkdown.ts';
import type { ReportDiff } from '#shared/reportDiff.ts';
import type { ExitCode } from '../exitCode.ts';
import type { Host } from '../host.ts';
import { projectDiff, useOf } from '../projectReport.ts';
import type { RunSurroundings } from '../projectRun.ts';

export interface DiffOptions {
  readonly format: 'markdown' | 'json';
  /** The project, where it is not that of the current folder. */
  readonly cwd?: string;
  /** As for lint: true requires measurements, false leaves them out. */
  readonly evidence?: boolean;
}

/** Says what was done to a project since its branch left another: 1 where a loud finding came or a budget is crossed. */
export async function diff(
  ref: string,
  { format, cwd = '.', evidence }: DiffOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<ExitCode> {
  const made = await projectDiff(ref, { path: cwd, use: useOf(evidence) }, host, around);
  host.stdout.write(format === 'json' ? diffJson(made) : diffMarkdown(made));
  const isWorse = made.fresh.some(({ severity }) => severity === 'error' || severity === 'warning');
  return isWorse || made.crossed.length > 0 ? 1 : 0;
}

function diffJson(diff: ReportDiff): string {
  const findings = { fresh: diff.fresh.map(findingOutput), fixed: diff.fixed.map(findingOutput) };
  return `${JSON.stringify({ ...diff, ...findings }, null, 2)}\n`;
}
