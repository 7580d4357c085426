import { type Analyzer, type AnalyzerOptions, createAnalyzer, type Snapshot } from '#analyzer/analyzer.ts';
import { applySafeFixes } from '#analyzer/applyFixes.ts';
import { loadSettings } from '#analyzer/loadSettings.ts';
import { moveSettings } from '#analyzer/moveSettings.ts';
import type { Phase } from '#analyzer/phases.ts';
import type { Project } from '#analyzer/project.ts';
import { isAsked } from '#analyzer/projectFindings.ts';
import type { Rule } from '#rules/rule.ts';
import type { Settings } from '#shared/settings.ts';
import { diskWorkspace } from '#workspace/diskWorkspace.ts';
import { overlayWorkspace } from '#workspace/overlayWorkspace.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { type LintOptions, withOptions } from './lintOptions.ts';

/** A project with everything its analysis needs, made once per command. */
export interface ProjectRun {
  readonly project: Project;
  readonly settings: Settings;
  /** The disk, with fixed or given texts laid over it. */
  readonly workspace: Workspace;
  readonly texts: Map<string, string>;
  readonly analyzer: Analyzer;
}

export interface RunSurroundings extends Pick<AnalyzerOptions, 'measurements' | 'formers'> {
  readonly rules: readonly Rule[];
  readonly cwd: string;
  readonly log: (text: string) => void;
  readonly onPhase: (phase: Phase) => void;
}

/** `run` are the rules that find something, of those the configuration may speak of. */
export function openProject(
  project: Project,
  options: Pick<LintOptions, 'levels' | 'include'>,
  around: RunSurroundings,
  run: readonly Rule[] = around.rules,
): ProjectRun {
  const settings = projectSettings(project, options, around);
  const texts = new Map<string, string>();
  const workspace = overlayWorkspace(diskWorkspace(project.root, { ignore: settings.ignore }), texts);
  const analyzer = createAnalyzer({ workspace, settings, ...around, rules: run });
  return { project, settings, workspace, texts, analyzer };
}

/** What the configuration says of the project, with what the command line adds. */
export function projectSettings(
  project: Project,
  options: Pick<LintOptions, 'levels' | 'include'>,
  { rules, cwd }: Pick<RunSurroundings, 'rules' | 'cwd'>,
): Settings {
  return withOptions(moveSettings(loadSettings(project.config, rules, cwd), project.configFolder), options);
}

const MAX_PASSES = 10;

/** Applies safe fixes in memory until nothing changes any more; what was fixed is then in the run's texts. */
export async function fixProject(run: ProjectRun, snapshot: Snapshot): Promise<Snapshot> {
  let now = snapshot;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const asked = now.findings.filter(({ file }) => isAsked(run.project, file));
    const fixed = applySafeFixes(asked, run.workspace.read);
    if (fixed.size === 0) return now;
    for (const [file, text] of fixed) run.texts.set(file, text);
    run.analyzer.update([...fixed.keys()]);
    now = await run.analyzer.snapshot();
  }
  return now;
}
