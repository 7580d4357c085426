import { join } from 'node:path';
import { type Analyzer, createAnalyzer } from '#analyzer/analyzer.ts';
import { Failure } from '#analyzer/failure.ts';
import { defaultSettings, loadSettings } from '#analyzer/loadSettings.ts';
import { moveSettings } from '#analyzer/moveSettings.ts';
import { folderOnDisk, isWithin, type Project, posixRelative, projectOf } from '#analyzer/project.ts';
import { createSqlViews, type SqlViews } from '#analyzer/sqlViews.ts';
import type { Rule } from '#rules/rule.ts';
import type { Problem } from '#shared/finding.ts';
import type { Settings } from '#shared/settings.ts';
import { type LiveWorkspace, liveWorkspace } from '#workspace/liveWorkspace.ts';
import type { FolderEvidence } from './evidence/folderEvidence.ts';

/** A project that is being looked at: settings, texts and the analyzer that knows them. */
export interface OpenProject {
  readonly project: Project;
  readonly settings: Settings;
  readonly workspace: LiveWorkspace;
  readonly analyzer: Analyzer;
  readonly sql: SqlViews;
  /** What is wrong with the configuration; the settings are then those of before. */
  readonly problems: readonly Problem[];
}

export interface ProjectSurroundings {
  /** Absolute, as the disk names it: the folder whose findings are wanted. */
  readonly folder: string;
  readonly rules: readonly Rule[];
  /** Texts of open documents by absolute path. */
  readonly opened: () => ReadonlyMap<string, string>;
  /** What was measured, asked anew for each answer. */
  readonly evidence: Pick<FolderEvidence, 'measurements' | 'formers'>;
  readonly log: (text: string) => void;
  /** Told how many files have been read, and of how many that are needed as far as is known. */
  readonly onProgress: (done: number, total: number) => void;
}

/** How long the analyzer may keep the client waiting for anything else, in milliseconds. */
const TURN_MS = 10;

/** The project of a folder as configured now; the one before is kept, and all it learnt, unless something about it changed. */
export function openProject(before: OpenProject | null, around: ProjectSurroundings): OpenProject {
  // A folder that is gone has nothing to show, but may come back.
  if (before && folderOnDisk(around.folder) === null) return before;
  const project: Project = { ...projectOf(around.folder, null), paths: [around.folder] };
  const { settings, problems } = settingsOf(project, before, around);
  if (before && sameText(before.project, project) && sameText(before.settings, settings))
    return { ...before, problems };
  const workspace = liveWorkspace(project.root, { ignore: settings.ignore });
  for (const [path, text] of around.opened())
    if (isWithin(path, project.root)) workspace.open(posixRelative(project.root, path), text);
  const { rules, log, onProgress } = around;
  const { measurements, formers } = around.evidence;
  const analyzer = createAnalyzer({
    ...{ workspace, settings, rules, measurements, formers, log, onProgress },
    turnMs: TURN_MS,
  });
  return { project, settings, workspace, analyzer, sql: createSqlViews(workspace), problems };
}

function settingsOf(
  { root, config, configFolder }: Project,
  before: OpenProject | null,
  { rules, opened }: ProjectSurroundings,
): Pick<OpenProject, 'settings' | 'problems'> {
  try {
    const settings = loadSettings(config, rules, root, (path) => opened().get(path) ?? null);
    return { settings: moveSettings(settings, configFolder), problems: [] };
  } catch (error) {
    if (!(error instanceof Failure) || config === null) throw error;
    const settings = before?.settings ?? moveSettings(defaultSettings(rules), configFolder);
    return { settings, problems: configProblems(posixRelative(root, config), error) };
  }
}

/** A failure to read a file of ours, at the places it speaks of. */
export function configProblems(file: string, { message, mistakes }: Failure): readonly Problem[] {
  if (mistakes.length === 0) return [{ file, line: null, column: null, message, kind: 'config' }];
  return mistakes.map((mistake) => ({ file, ...mistake, kind: 'config' }));
}

/** The file of accepted findings, absolute. */
export function baselinePath({ project, settings }: Pick<OpenProject, 'project' | 'settings'>): string {
  return join(project.root, settings.baseline);
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
