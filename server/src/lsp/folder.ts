import type { Analyzer, Snapshot } from '#analyzer/analyzer.ts';
import type { Project } from '#analyzer/project.ts';
import type { SqlViews } from '#analyzer/sqlViews.ts';
import type { Finding, Problem } from '#shared/finding.ts';
import type { Settings } from '#shared/settings.ts';
import type { Workspace } from '#workspace/workspace.ts';
import type { TextPlaces } from './convert.ts';
import type { FolderEvidence } from './evidence/folderEvidence.ts';
import type { FolderPaths } from './folderPaths.ts';

/** What a folder shows, over one state of its files. */
export interface Answer {
  readonly snapshot: Snapshot;
  /** Of this folder, accepted by nobody, as loud as the editor's settings allow; files are relative to the project's root. */
  readonly findings: readonly Finding[];
  /** All findings the folder answers for, accepted ones too. */
  readonly present: readonly Finding[];
  /** What is wrong with the input, configuration and baseline included. */
  readonly problems: readonly Problem[];
  /** Open documents it was made from: versions by file. */
  readonly versions: ReadonlyMap<string, number>;
}

/** One workspace folder: a project, its analyzer, and the documents laid over the disk. */
export interface Folder extends FolderPaths {
  /** As the client named it. */
  readonly uri: string;
  /** What is analysed; its root may lie above the folder, where the folder is a member of a monorepo. */
  readonly project: Project;
  readonly settings: Settings;
  /** Texts as the analyzer sees them: open documents win over the disk. */
  readonly workspace: Workspace;
  readonly analyzer: Analyzer;
  /** The SQL behind a query; nothing is compiled before somebody asks. */
  readonly sql: SqlViews;
  readonly evidence: FolderEvidence;
  /** Looks whether something was counted since the last answer, and answers anew if so; no file is read for that. Cheap, for whoever may know of it. */
  lookAtEvidence(): void;
  /** Whether findings of a file, relative to the project's root, are this folder's to show. */
  answersFor(file: string): boolean;
  /** The last answer, however old; null before the first. */
  latest(): Answer | null;
  /** Until there is a first answer: what can be said of the open documents by themselves; else null. */
  glimpse(): Answer | null;
  /** The answer over all documents as they are now: at once if it is there, else after the run it starts. Rejects with the signal's reason. */
  answer(signal?: AbortSignal): Promise<Answer>;
  /** The same without hurry, for what the client asks after every keystroke: waits for a pause in typing. */
  settledAnswer(signal?: AbortSignal): Promise<Answer>;
  /** Places in a file's text, for turning offsets and ranges into those of the client and back. */
  places(file: string): TextPlaces;
}
