import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { applyBaseline, type BaselineEntry, readBaseline } from '#analyzer/baseline.ts';
import { Failure } from '#analyzer/failure.ts';
import { byPlace } from '#analyzer/findingOrder.ts';
import { hangOnMeasurements } from '#analyzer/judgeFile.ts';
import type { Phase } from '#analyzer/phases.ts';
import { isWithin, posixRelative } from '#analyzer/project.ts';
import { isAsked, rebase, withinChanges, withinPaths } from '#analyzer/projectFindings.ts';
import type { Snapshot } from '#analyzer/snapshot.ts';
import { isLoud } from '#render/count.ts';
import type { Coverage, Finding, Problem } from '#shared/finding.ts';
import { changedFiles } from './changedFiles.ts';
import type { LintOptions } from './lintOptions.ts';
import type { LintReport } from './lintReport.ts';
import { type LintTargets, lintTargets } from './lintTargets.ts';
import { hasEvidence, type ProjectEvidence, projectEvidence, seenIn, type UseOfEvidence } from './projectEvidence.ts';
import { fixProject, openProject, type ProjectRun, type RunSurroundings } from './projectRun.ts';
import { writeTexts } from './writeTexts.ts';

/** The parts of a report that come from the analysis. */
export type Outcome = Pick<
  LintReport,
  'findings' | 'problems' | 'coverage' | 'baseline' | 'suppressed' | 'measured' | 'prefix' | 'read'
> & {
  /** What could not be used and is not needed, a line each. */
  readonly complaints: readonly string[];
  readonly phases: Readonly<Record<Phase, number>>;
};

/** What is around a run that prints a report; `from` is the folder its paths start at, as {@link LintReport.prefix} says. */
interface LintSurroundings extends RunSurroundings {
  readonly from: string;
}

/** Analyses every project the paths lie in and puts the answers together, relative to the linted root. */
export async function lintProjects(
  paths: readonly string[],
  options: LintOptions,
  stdin: string | null,
  around: LintSurroundings,
): Promise<Outcome> {
  const targets = targetsOf(paths, options, around.cwd);
  const results: ProjectResult[] = [];
  const complaints: string[] = [];
  const isMeasured = targets.projects.some(({ root }) => hasEvidence(root));
  for (const project of targets.projects) {
    const evidence = await projectEvidence(project.root, useIn(project, options, isMeasured), (problem) =>
      complaints.push(problem),
    );
    const run = openProject(project, options, { ...around, ...seenIn(evidence) });
    const [path] = project.paths;
    if (stdin !== null && path !== undefined) run.texts.set(posixRelative(project.root, path), stdin);
    try {
      results.push(await lintProject({ ...run, evidence, rules: around.rules }, options, targets.base, around.cwd));
    } finally {
      evidence?.close();
    }
  }
  return { ...combine(results, targets, around.from), complaints };
}

/** Where measurements are required, one of several projects that has some is enough. */
function useIn({ root }: { readonly root: string }, { evidence }: LintOptions, isMeasured: boolean): UseOfEvidence {
  return evidence === 'required' && isMeasured && !hasEvidence(root) ? 'present' : evidence;
}

function targetsOf(paths: readonly string[], { stdin, config }: LintOptions, cwd: string): LintTargets {
  const configFile = config === null ? null : resolve(cwd, config);
  if (configFile !== null && !existsSync(configFile)) throw new Failure(`--config ${config}: there is no such file`);
  if (stdin === null) return lintTargets(paths, cwd, configFile);
  const path = resolve(realpathSync(cwd), stdin.file);
  const { projects } = lintTargets([dirname(path)], cwd, configFile);
  const base = isWithin(path, realpathSync(cwd)) ? realpathSync(cwd) : dirname(path);
  return { base, projects: projects.map((project) => ({ ...project, paths: [path] })) };
}

interface ProjectResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly coverage: Coverage;
  readonly suppressed: number;
  readonly measured: LintReport['measured'];
  readonly accepted: number;
  readonly stale: readonly BaselineEntry[];
  readonly phases: Readonly<Record<Phase, number>>;
  readonly run: ProjectRun;
}

/** A project's run with what was measured of it. */
interface MeasuredRun extends ProjectRun, Pick<RunSurroundings, 'rules'> {
  readonly evidence: ProjectEvidence | null;
}

async function lintProject(run: MeasuredRun, options: LintOptions, base: string, cwd: string): Promise<ProjectResult> {
  const { project, evidence, rules } = run;
  const first = await run.analyzer.snapshot();
  const snapshot = options.fix === null ? first : await fixProject(run, first);
  if (options.fix === 'write') writeTexts(project.root, run.texts);
  const found = options.plans === null ? snapshot.findings : await plannedFindings(run, snapshot, options.plans);
  const asked = withinPaths(found, project);
  const { fresh, accepted, stale } = applyBaseline(asked, baselineOf(run, options, cwd), hangOnMeasurements(rules));
  const judged = options.changed
    ? withinChanges(fresh, project.root, changedFiles(project.root, options.changed.ref))
    : fresh;
  const loud = options.quiet ? judged.filter(isLoud) : judged;
  const move = (file: string) => (file === '' ? '' : posixRelative(base, join(project.root, file)));
  const problems = snapshot.problems.filter(({ file, kind }) => isAsked(project, file) || (kind && kind !== 'file'));
  const { unresolved } = snapshot.coverage;
  return {
    findings: loud.map((finding) => rebase(finding, project.root, base)),
    problems: problems.map((problem) => ({ ...problem, file: move(problem.file) })),
    coverage: { ...snapshot.coverage, unresolved: unresolved.map((call) => ({ ...call, file: move(call.file) })) },
    suppressed: snapshot.suppressed,
    measured: evidence?.summary(snapshot.graph) ?? null,
    accepted,
    stale:
      options.stdin || options.changed
        ? []
        : stale.filter(({ file }) => isAsked(project, file)).map((entry) => ({ ...entry, file: move(entry.file) })),
    phases: snapshot.phases,
    run,
  };
}

/** What needs a database is loaded when somebody asks for plans. */
async function plannedFindings(
  { workspace }: ProjectRun,
  snapshot: Snapshot,
  { postgres }: NonNullable<LintOptions['plans']>,
): Promise<readonly Finding[]> {
  const { weighByPlans } = await import('./plans/weighByPlans.ts');
  return weighByPlans(snapshot, workspace, postgres);
}

function baselineOf(
  { project, settings }: ProjectRun,
  { baseline }: LintOptions,
  cwd: string,
): readonly BaselineEntry[] {
  if (baseline === 'none') return [];
  if (baseline === 'configured') return readBaseline(join(project.root, settings.baseline), settings.baseline) ?? [];
  const entries = readBaseline(resolve(cwd, baseline.file), baseline.file);
  if (entries) return entries;
  throw new Failure(`--baseline ${baseline.file}: there is no such file; write it with \`querylens baseline create\``);
}

function combine(results: readonly ProjectResult[], { base }: LintTargets, from: string): Omit<Outcome, 'complaints'> {
  const coverage = results.map((result) => result.coverage);
  const sum = (count: (one: Coverage) => number) => coverage.reduce((total, one) => total + count(one), 0);
  return {
    findings: results.flatMap(({ findings }) => findings).sort(byPlace),
    problems: results.flatMap(({ problems }) => problems),
    coverage: {
      files: sum(({ files }) => files),
      parsed: sum(({ parsed }) => parsed),
      queryCalls: sum(({ queryCalls }) => queryCalls),
      understood: sum(({ understood }) => understood),
      unresolved: coverage.flatMap(({ unresolved }) => unresolved),
    },
    suppressed: results.reduce((total, { suppressed }) => total + suppressed, 0),
    measured: results.map(({ measured }) => measured).reduce(addMeasured, null),
    baseline: {
      accepted: results.reduce((total, { accepted }) => total + accepted, 0),
      stale: results.flatMap(({ stale }) => stale),
    },
    prefix: isWithin(base, from) ? posixRelative(from, base) : '',
    read: (file) => readFrom(results, join(base, file)),
    phases: results.map(({ phases }) => phases).reduce(addTimes),
  };
}

function readFrom(results: readonly ProjectResult[], path: string): string | null {
  const holding = results.filter(({ run }) => isWithin(path, run.project.root));
  const nearest = holding.sort((a, b) => b.run.project.root.length - a.run.project.root.length)[0];
  return nearest ? nearest.run.workspace.read(posixRelative(nearest.run.project.root, path)) : null;
}

function addMeasured(a: LintReport['measured'], b: LintReport['measured']): LintReport['measured'] {
  if (!a || !b) return a ?? b;
  const seen = [a.lastSeen, b.lastSeen].filter((time) => time !== null);
  return {
    calls: a.calls + b.calls,
    executions: a.executions + b.executions,
    lastSeen: seen.length === 0 ? null : Math.max(...seen),
  };
}

function addTimes<Name extends string>(
  a: Readonly<Record<Name, number>>,
  b: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> {
  return Object.fromEntries(Object.entries<number>(a).map(([name, ms]) => [name, ms + b[name as Name]])) as Record<
    Name,
    number
  >;
}
