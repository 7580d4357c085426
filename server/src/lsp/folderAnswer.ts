import { join } from 'node:path';
import { applyBaseline, type BaselineEntry, readBaseline } from '#analyzer/baseline.ts';
import { Failure } from '#analyzer/failure.ts';
import { isAsked, withinPaths } from '#analyzer/projectFindings.ts';
import type { Snapshot } from '#analyzer/snapshot.ts';
import type { EditorSettings } from '#shared/editorSettings.ts';
import type { Problem } from '#shared/finding.ts';
import { quietened } from './editorSettings.ts';
import type { Answer } from './folder.ts';
import { baselinePath, configProblems, type OpenProject } from './openProject.ts';

export interface AnswerParts {
  readonly open: OpenProject;
  readonly snapshot: Snapshot;
  readonly versions: ReadonlyMap<string, number>;
  /** Whether the folder answers for a file, given by its absolute path. */
  readonly shows: (path: string) => boolean;
  readonly editor: EditorSettings;
}

/** What of a snapshot is shown: the same findings the command line reports for the folder, then as quiet as the editor wants them. */
export function folderAnswer({ open, snapshot, versions, shows, editor }: AnswerParts): Answer {
  const { project } = open;
  const present = withinPaths(snapshot.findings, project).filter(({ file }) => shows(join(project.root, file)));
  const baseline = acceptedEntries(open);
  const { fresh } = applyBaseline(present, baseline.entries);
  const problems = snapshot.problems.filter(({ file, kind }) => isAsked(project, file) || (kind && kind !== 'file'));
  return {
    snapshot,
    versions,
    present,
    findings: quietened(fresh, editor),
    problems: [...open.problems, ...baseline.problems, ...problems],
  };
}

/** What the baseline accepts; one that cannot be read accepts nothing and is a problem. */
function acceptedEntries(open: OpenProject): {
  readonly entries: readonly BaselineEntry[];
  readonly problems: readonly Problem[];
} {
  const file = open.settings.baseline;
  try {
    return { entries: readBaseline(baselinePath(open), file) ?? [], problems: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { entries: [], problems: configProblems(file, error) };
  }
}
