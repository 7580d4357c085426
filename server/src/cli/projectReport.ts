import { Failure } from '#analyzer/failure.ts';
import { performanceReport } from '#analyzer/report/performanceReport.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { Host } from './host.ts';
import { lintTargets } from './lintTargets.ts';
import { createProgress } from './progress.ts';
import { projectEvidence, seenIn, type UseOfEvidence } from './projectEvidence.ts';
import { openProject, type RunSurroundings } from './projectRun.ts';

/** The report of the project at a path; a {@link Failure} where there is none, or several. */
export async function projectReport(
  path: string,
  use: UseOfEvidence,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<PerformanceReport> {
  const [project, ...others] = lintTargets([path], host.cwd, null).projects;
  if (!project) throw new Failure(`${path}: there is no project`);
  if (others.length > 0)
    throw new Failure(
      `${path} holds ${others.length + 1} projects; name one: ${[project, ...others].map(({ root }) => root).join(', ')}`,
    );
  const evidence = await projectEvidence(project.root, use, (problem) => host.stderr.write(`querylens: ${problem}\n`));
  const progress = createProgress(host.stderr);
  try {
    const surroundings = { ...around, cwd: host.cwd, onPhase: progress.show, ...seenIn(evidence) };
    const run = openProject(project, { levels: {}, include: [] }, surroundings);
    const snapshot = await run.analyzer.snapshot();
    const { graph } = snapshot;
    return performanceReport({
      snapshot,
      measurements: evidence?.measurements(graph) ?? new Map(),
      formers: evidence?.formers(graph) ?? new Map(),
      routes: evidence?.routes(graph) ?? [],
      budgets: run.settings.budgets,
      ratios: evidence?.ratios() ?? [],
      slowInAnHour: (overMs) => evidence?.slowInAnHour(overMs) ?? null,
    });
  } finally {
    progress.clear();
    evidence?.close();
  }
}

/** The options `--evidence` and `--no-evidence`. */
export function useOf(evidence: boolean | undefined): UseOfEvidence {
  if (evidence === undefined) return 'present';
  return evidence ? 'required' : 'none';
}
