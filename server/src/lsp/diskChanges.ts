import type { LiveWorkspace } from '#workspace/liveWorkspace.ts';
import { isInput, steers } from './watchedFiles.ts';

/**
 * Tells a workspace what changed on the disk, and gives the files that count: those it listed before or lists now, and those that say what is
 * listed. A build that writes its output is none of our business. A folder stands for what is in it: often only its name is told.
 */
export function takeDiskChanges(workspace: LiveWorkspace, named: readonly string[]): readonly string[] {
  const before = new Set(workspace.files());
  const folders = new Set(named.filter((file) => !isInput(file)));
  workspace.changedOnDisk([...named, ...below(folders, before)]);
  const now = new Set(workspace.files());
  const changed = new Set([...named, ...below(folders, before), ...below(folders, now)]);
  return [...changed].filter((file) => before.has(file) || now.has(file) || steers(file));
}

function below(folders: ReadonlySet<string>, files: Iterable<string>): readonly string[] {
  return folders.size === 0 ? [] : [...files].filter((file) => foldersOf(file).some((folder) => folders.has(folder)));
}

/** `a/b/c.ts` lies in `a` and in `a/b`. */
function foldersOf(file: string): readonly string[] {
  return [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index));
}
