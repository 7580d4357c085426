import { join } from 'node:path';
import { git, mergeBase, repositoryOf } from './git.ts';

/**
 * Absolute paths of files that differ from a commit, with untracked ones. `ref` names a branch or commit, compared from where the
 * current branch left it; null compares with the last commit. A base that cannot be read is a failure: calling everything changed
 * would judge code nobody touched.
 */
export function changedFiles(folder: string, ref: string | null): ReadonlySet<string> {
  const top = repositoryOf(folder);
  const base = ref === null ? 'HEAD' : mergeBase(folder, ref);
  const advice = ref === null ? 'the repository has no commit yet' : `cannot compare with "${ref}"`;
  const changed = git(top, ['diff', '--name-only', '--no-renames', '--diff-filter=d', '-z', base, '--'], advice);
  const untracked = git(top, ['ls-files', '--others', '--exclude-standard', '-z'], 'cannot list untracked files');
  const names = `${changed}${untracked}`.split('\0').filter(Boolean);
  return new Set(names.map((name) => join(top, name)));
}
