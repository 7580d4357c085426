import { findingOutput } from '#render/findingOutput.ts';
import { diffMarkdown } from '#render/report/diffMarkdown.ts';
import type { ReportDiff } from '#shared/reportDiff.ts';
import type { ExitCode } from '../exitCode.ts';
import { commitOf } from '../git.ts';
import type { Host } from '../host.ts';
import { projectDiff, useOf } from '../projectReport.ts';
import type { RunSurroundings } from '../projectRun.ts';
import { linkTemplate, placeLinks } from '../revision/placeLinks.ts';

export interface DiffOptions {
  readonly format: 'markdown' | 'json';
  /** The project, where it is not that of the current folder. */
  readonly cwd?: string;
  /** As for lint: true requires measurements, false leaves them out. */
  readonly evidence?: boolean;
  /** A template of links to places, for {@link linkTemplate}. */
  readonly link?: string;
}

/** Says what was done to a project since its branch left another: 1 where a loud finding came or a budget is newly crossed. */
export async function diff(
  ref: string,
  { format, cwd = '.', evidence, link }: DiffOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<ExitCode> {
  const template = linkTemplate(link, host.env);
  const { diff, base, root, within } = await projectDiff(ref, { path: cwd, use: useOf(evidence) }, host, around);
  const linkOf = placeLinks(template, { within, before: base, now: commitOf(root, 'HEAD') });
  host.stdout.write(format === 'json' ? diffJson(diff) : diffMarkdown(diff, { project: within, linkOf }));
  return diff.passes ? 0 : 1;
}

function diffJson(diff: ReportDiff): string {
  const findings = { fresh: diff.fresh.map(findingOutput), fixed: diff.fixed.map(findingOutput) };
  return `${JSON.stringify({ ...diff, ...findings }, null, 2)}\n`;
}
