import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { performanceReport } from '#analyzer/report/performanceReport.ts';
import { reportMarkdown } from '#render/report/reportMarkdown.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { Host } from '../host.ts';
import { lintTargets } from '../lintTargets.ts';
import { createProgress } from '../progress.ts';
import { projectEvidence, seenIn, type UseOfEvidence } from '../projectEvidence.ts';
import { openProject, type RunSurroundings } from '../projectRun.ts';
import type { ReportOptions } from '../reportOptions.ts';

/** Prints where the time goes: measured queries, what each route costs, findings and indexes. */
export async function report(
  path: string,
  options: ReportOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<void> {
  const rows = rowCount(options.rows);
  const progress = createProgress(host.stderr);
  const made = await makeReport(path, useOf(options.evidence), host, { ...around, onPhase: progress.show }).finally(
    progress.clear,
  );
  const text = options.format === 'json' ? `${JSON.stringify(made, null, 2)}\n` : reportMarkdown(made, rows);
  if (options.output === undefined) host.stdout.write(text);
  else writeReport(resolve(host.cwd, options.output), text);
}

async function makeReport(
  path: string,
  use: UseOfEvidence,
  host: Host,
  around: Omit<RunSurroundings, 'cwd'>,
): Promise<PerformanceReport> {
  const [project, ...others] = lintTargets([path], host.cwd, null).projects;
  if (!project) throw new Failure(`${path}: there is no project`);
  if (others.length > 0)
    throw new Failure(
      `${path} holds ${others.length + 1} projects; name one: ${[project, ...others].map(({ root }) => root).join(', ')}`,
    );
  const evidence = await projectEvidence(project.root, use, (problem) => host.stderr.write(`querylens: ${problem}\n`));
  try {
    const run = openProject(project, { levels: {}, include: [] }, { ...around, cwd: host.cwd, ...seenIn(evidence) });
    const snapshot = await run.analyzer.snapshot();
    const { graph } = snapshot;
    return performanceReport({
      snapshot,
      measurements: evidence?.measurements(graph) ?? new Map(),
      formers: evidence?.formers(graph) ?? new Map(),
      routes: evidence?.routes(graph) ?? [],
    });
  } finally {
    evidence?.close();
  }
}

function useOf(evidence: boolean | undefined): UseOfEvidence {
  if (evidence === undefined) return 'present';
  return evidence ? 'required' : 'none';
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
