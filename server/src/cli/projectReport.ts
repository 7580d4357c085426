import { join } from 'node:path';
import { createAnalyzer, type Snapshot } from '#analyzer/analyzer.ts';
import { applyBaseline, readBaseline } from '#analyzer/baseline.ts';
import { Failure } from '#analyzer/failure.ts';
import type { Project } from '#analyzer/project.ts';
import { diffReports } from '#analyzer/report/diffReports.ts';
import { reportFrom } from '#analyzer/report/reportFrom.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { ReportDiff } from '#shared/reportDiff.ts';
import type { Settings } from '#shared/settings.ts';
import { diskWorkspace } from '#workspace/diskWorkspace.ts';
import { overlayWorkspace } from '#workspace/overlayWorkspace.ts';
import { revisionWorkspace } from '#workspace/revisionWorkspace.ts';
import type { Workspace } from '#workspace/workspace.ts';
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
  return withProjectReport(asked, host, known, async ({ report }) => report);
}

/** A report, and what it was made of. */
export interface ReportedProject {
  readonly report: PerformanceReport;
  /** Absolute. */
  readonly root: string;
  readonly workspace: Workspace;
  /** Of the analysis the report was made of. */
  readonly problems: Snapshot['problems'];
  /** What would be found were some texts others. */
  readonly tried: (texts: ReadonlyMap<string, string>) => Promise<Snapshot>;
}

/** Works with the report of a project and its texts; a {@link Failure} where there is none, or several. */
export function withProjectReport<Answer>(
  asked: Asked,
  host: Host,
  known: Known,
  work: (reported: ReportedProject) => Promise<Answer>,
): Promise<Answer> {
  return reporting(asked, host, known, async (open) => {
    const { root } = open.project;
    const laid = new Map<string, string>();
    const workspace = overlayWorkspace(diskWorkspace(root, { ignore: open.settings.ignore }), laid);
    const analyzer = createAnalyzer({ ...open.surroundings, workspace, settings: open.settings });
    const tried = (texts: ReadonlyMap<string, string>): Promise<Snapshot> => {
      for (const [file, text] of texts) laid.set(file, text);
      analyzer.update([...texts.keys()]);
      return analyzer.snapshot();
    };
    const snapshot = await analyzer.snapshot();
    const { problems } = snapshot;
    return work({ report: reportOf(open, snapshot), root, workspace, problems, tried });
  });
}

/** What was done to a project, and what its places are in. */
interface ProjectDiff {
  readonly diff: ReportDiff;
  /** The whole name of the commit it is held against. */
  readonly base: string;
  readonly root: string;
  /** As of {@link BaseTexts}. */
  readonly within: string;
}

/** What was done to a project since its branch left `ref`. The code of before is read with what is known of all that did not change. */
export function projectDiff(ref: string, asked: Asked, host: Host, known: Known): Promise<ProjectDiff> {
  return reporting(asked, host, known, async (open) => {
    const { project, settings } = open;
    const { commit, within, isMergeBase, texts } = baseTexts(project.root, ref);
    if (!isMergeBase)
      host.stderr.write(
        `querylens: where the branch left "${ref}" is not known here, so ${ref} itself is compared with\n`,
      );
    const present = diskWorkspace(project.root, { ignore: settings.ignore });
    const workspace = revisionWorkspace(present, texts, settings.ignore);
    const analyzer = createAnalyzer({ ...open.surroundings, workspace, settings });
    const now = await analyzer.snapshot();
    refuseBroken(now);
    const after = reportOf(open, now);
    workspace.show('base');
    analyzer.update([...texts.keys()]);
    const before = contentsOf(open, await analyzer.snapshot());
    return { diff: diffReports(before, after, commit.slice(0, 10)), base: commit, root: project.root, within };
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

/** What cannot be read would look as if its findings were gone. */
function refuseBroken({ problems }: Snapshot): void {
  const broken = problems.find(({ kind }) => kind === 'schema' || kind === 'rule');
  if (!broken) return;
  const place = [broken.file, broken.line].filter((part) => part !== '' && part !== null).join(':');
  throw new Failure(`${place && `${place}: `}${broken.message}; nothing can be compared until that is put right`);
}

function reportOf(open: Open, snapshot: Snapshot): PerformanceReport {
  const nothing = snapshot.problems.find(({ kind }) => kind === 'no-schema');
  if (nothing) throw new Failure(nothing.message);
  return contentsOf(open, snapshot);
}

/** Empty where there is no schema, as before a project came to Prisma. */
function contentsOf({ project, settings, evidence }: Open, snapshot: Snapshot): PerformanceReport {
  const accepted = readBaseline(join(project.root, settings.baseline), settings.baseline) ?? [];
  const { fresh: findings } = applyBaseline(snapshot.findings, accepted);
  return reportFrom({ ...snapshot, findings }, settings, evidence);
}

/** The options `--evidence` and `--no-evidence`. */
export function useOf(evidence: boolean | undefined): UseOfEvidence {
  if (evidence === undefined) return 'present';
  return evidence ? 'required' : 'none';
}
