import { resolve } from 'node:path';
import { listFiles } from './listFiles.ts';
import { readText } from './readText.ts';
import type { UnreadableFile, Workspace } from './workspace.ts';

export interface DiskOptions {
  /** Files or folders to list, absolute or relative to the root; everything under the root when absent. */
  readonly paths?: readonly string[];
  /** Further patterns to leave out, written as in `.gitignore`. */
  readonly ignore?: readonly string[];
  /** Larger files are reported and not read; 2 MB when absent. */
  readonly maxBytes?: number;
}

export const DEFAULT_MAX_BYTES = 2 * 1024 * 1024;

/** The files under a folder as they are on the disk now: listed on first use, read on each request. */
export function diskWorkspace(root: string, options: DiskOptions = {}): Workspace {
  const absoluteRoot = resolve(root);
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const problems = new Map<string, string>();
  const report = (file: string, reason: string) => problems.set(file, reason);
  let listed: readonly string[] | null = null;
  return {
    root: absoluteRoot,
    files: () => {
      listed ??= listFiles(absoluteRoot, { paths: options.paths ?? null, ignore: options.ignore ?? [], report });
      return listed;
    },
    read: (path) => {
      const outcome = readText(resolve(absoluteRoot, path), maxBytes);
      if (outcome.kind === 'text') return outcome.text;
      if (outcome.kind === 'unreadable') report(path, outcome.reason);
      return null;
    },
    problems: () => sortedProblems(problems),
  };
}

/** Sorted by file. */
export function sortedProblems(problems: ReadonlyMap<string, string>): readonly UnreadableFile[] {
  return [...problems].map(([file, reason]) => ({ file, reason })).sort((a, b) => (a.file < b.file ? -1 : 1));
}
