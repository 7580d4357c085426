import { join } from 'node:path';
import { createAnalyzer, type Snapshot } from '#analyzer/analyzer.ts';
import { applyBaseline, readBaseline } from '#analyzer/baseline.ts';
import { Failure } from '#analyzer/failure.ts';
import type { Project } from '#analyzer/project.ts';
import { diffReports } from '#analyzer/report/diffReports.ts';
import { performanceReport } from '#analyzer/report/performanceReport.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { ReportDiff } from '#shared/reportDiff.ts';
import type { Settings } from '#shared/settings.ts';
import { diskWorkspace } from '#workspace/diskWorkspace.ts';
import { revisionWorkspace } from '#workspace/revisionWorkspace.ts';
import type { Host } from './host.ts';
import { lintTargets } from './lintTargets.ts';
import { createProgress } from './progress.ts';
import { type ProjectEvidence, projectEvidence, seenIn, type UseOfEvidence } from './projectEvidence.ts';
import { projectSettings, type RunSurroundings } from './projectRun.ts';
import { baseTexts } from './revision/baseTexts.ts';

/** Which project, and whether what was measured of it is used. */
export interface Asked {
  readonly path: string;
  readonly use: UseOfEvidence;
}

type Known = Pick<RunSurroundings, 'rules' | 'log'>;

/** The report of a project; a {@link Failure} where there is none, or several. */
export function projectReport(asked: Asked, host: Host, known: Known): Promise<PerformanceReport> {
  return reporting(asked, host, known, async (open) => {
    const workspace = diskWorkspace(open.project.root, { ignore: open.settings.ignore });
    const analyzer = createAnalyzer({ ...open.surroundings, workspace, settings: open.settings });
    return reportOf(open, await analyzer.snapshot());
  });
}

/** What was done to a project since its branch left `ref`. The code of before is read with what is known of all that did not change. */
export function projectDiff(ref: string, asked: Asked, host: Host, known: Known): Promise<ReportDiff> {
  return reporting(asked, host, known, async (open) => {
    const { project, settings } = open;
    const { commit, isMergeBase, texts } = baseTexts(project.root, ref);
    if (!isMergeBase)
      host.stderr.write(
        `querylens: where the branch left "${ref}" is not known here, so ${ref} itself is compared with\n`,
      );
    const present = diskWorkspace(project.root, { ignore: settings.ignore });
    const workspace = revisionWorkspace(present, texts, settings.ignore);
    const analyzer = createAnalyzer({ ...open.surroundings, workspace, settings });
    const after = reportOf(open, await analyzer.snapshot());
    workspace.show('base');
    analyzer.update([...texts.keys()]);
    const before = reportOf(open, await analyzer.snapshot());
    return diffReports(before, after, commit);
  });
}

interface Open {
  readonly project: Project;
  readonly settings: Settings;
  readonly evidence: ProjectEvidence | null;
  readonly surroundings: Omit<RunSurroundings, 'cwd'>;
}

async function reporting<Answer>(
  { path, use }: Asked,
  host: Host,
  known: Known,
  work: (open: Open) => Promise<Answer>,
): Promise<Answer> {
  const project = onlyProject(path, host);
  const settings = projectSettings(project, { levels: {}, include: [] }, { ...known, cwd: host.cwd });
  const evidence = await projectEvidence(project.root, use, (problem) => host.stderr.write(`querylens: ${problem}\n`));
  const progress = createProgress(host.stderr);
  try {
    const surroundings = { ...known, onPhase: progress.show, ...seenIn(evidence) };
    return await work({ project, settings, evidence, surroundings });
  } finally {
    progress.clear();
    evidence?.close();
  }
}

function onlyProject(path: string, host: Host): Project {
  const [project, ...others] = lintTargets([path], host.cwd, null).projects;
  if (!project) throw new Failure(`${path}: there is no project`);
  if (others.length === 0) return project;
  const names = [project, ...others].map(({ root }) => root).join(', ');
  throw new Failure(`${path} holds ${others.length + 1} projects; name one: ${names}`);
}

function reportOf({ project, settings, evidence }: Open, snapshot: Snapshot): PerformanceReport {
  const nothing = snapshot.problems.find(({ kind }) => kind === 'no-schema');
  if (nothing) throw new Failure(nothing.message);
  const { graph } = snapshot;
  const accepted = readBaseline(join(project.root, settings.baseline), settings.baseline) ?? [];
  return performanceReport({
    snapshot: { ...snapshot, findings: applyBaseline(snapshot.findings, accepted).fresh },
    measurements: evidence?.measurements(graph) ?? new Map(),
    totals: evidence?.totals(graph) ?? new Map(),
    formers: evidence?.formers(graph) ?? new Map(),
    detail: (site) => evidence?.detail(site, graph) ?? null,
    routes: evidence?.routes(graph) ?? [],
    periods: evidence?.periods(settings.measured.slowMs, graph) ?? null,
    limits: settings.measured,
    budgets: settings.budgets,
    ratios: evidence?.ratios() ?? [],
    slowInAnHour: (overMs) => evidence?.slowInAnHour(overMs) ?? null,
  });
}

/** The options `--evidence` and `--no-evidence`. */
export function useOf(evidence: boolean | undefined): UseOfEvidence {
  if (evidence === undefined) return 'present';
  return evidence ? 'required' : 'none';
}
