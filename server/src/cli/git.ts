import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { Failure } from '#analyzer/failure.ts';

/** What git prints; a {@link Failure} with the advice where it refuses, and where there is no git. */
export function git(folder: string, args: readonly string[], advice: string, input?: string): Buffer {
  const { status, stdout, error } = spawnSync('git', args, { cwd: folder, input, maxBuffer: 1 << 28 });
  if (error) throw new Failure(`git is needed for this and cannot be run (${error.message})`);
  if (status !== 0) throw new Failure(advice);
  return stdout;
}

/** The folder of the repository a folder lies in, as the disk names it. */
export function repositoryOf(folder: string): string {
  const top = git(folder, ['rev-parse', '--show-toplevel'], 'the folder is not in a git repository').toString();
  return realpathSync(top.trim());
}

/** The commit where the current branch left `ref`. */
export function mergeBase(folder: string, ref: string): string {
  commitOf(folder, ref);
  const advice = `"${ref}" and the current commit have no common history here; in CI fetch the whole history (fetch-depth: 0)`;
  return git(folder, ['merge-base', '--end-of-options', ref, 'HEAD'], advice).toString().trim();
}

/** The commit a name stands for. */
export function commitOf(folder: string, ref: string): string {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const advice = `there is no commit called "${ref}" here; in CI fetch it first: ${fetchOf(ref)}`;
  return git(folder, args, advice).toString().trim();
}

/** How a clone without history comes by a commit. */
function fetchOf(ref: string): string {
  const [, remote = 'origin', branch = ref] = /^(origin|upstream)\/(.+)$/.exec(ref) ?? [];
  const name = /^[0-9a-f]{40}$/.test(branch) ? '' : `:${branch === ref ? branch : `refs/remotes/${ref}`}`;
  return `git fetch --depth=1 ${remote} ${branch}${name}`;
}
