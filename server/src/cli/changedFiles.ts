import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#analyzer/failure.ts';

/**
 * Absolute paths of files that differ from a commit, with untracked ones. `ref` names a branch or commit, compared from where the
 * current branch left it; null compares with the last commit. A base that cannot be read is a {@link Failure}: calling everything changed
 * would judge code nobody touched.
 */
export function changedFiles(folder: string, ref: string | null): ReadonlySet<string> {
  const top = realpathSync(
    git(folder, ['rev-parse', '--show-toplevel'], 'the folder is not in a git repository').trim(),
  );
  const base = ref === null ? 'HEAD' : mergeBase(folder, ref);
  const advice = ref === null ? 'the repository has no commit yet' : `cannot compare with "${ref}"`;
  const changed = git(top, ['diff', '--name-only', '--no-renames', '--diff-filter=d', '-z', base, '--'], advice);
  const untracked = git(top, ['ls-files', '--others', '--exclude-standard', '-z'], 'cannot list untracked files');
  const names = `${changed}${untracked}`.split('\0').filter(Boolean);
  return new Set(names.map((name) => join(top, name)));
}

function mergeBase(folder: string, ref: string): string {
  git(
    folder,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    `there is no commit called "${ref}"`,
  );
  const advice = `"${ref}" and the current commit have no common history here; in CI fetch the whole history (fetch-depth: 0)`;
  return git(folder, ['merge-base', '--end-of-options', ref, 'HEAD'], advice).trim();
}

function git(folder: string, args: readonly string[], advice: string): string {
  const { status, stdout, error } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw new Failure(`--changed and --since need git, which cannot be run (${error.message})`);
  if (status !== 0) throw new Failure(`--changed and --since: ${advice}`);
  return stdout;
}
