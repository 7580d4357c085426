import { execFileSync } from 'node:child_process';
import { projectFolder } from './projectFolder.ts';

const IDENTITY = [
  'user.name=Somebody',
  'user.email=somebody@example.org',
  'commit.gpgsign=false',
  'init.defaultBranch=main',
];

/** Runs git with a name of its own, whatever is configured on the machine; gives what it prints. */
export function git(folder: string, ...args: readonly string[]): string {
  const settings = IDENTITY.flatMap((each) => ['-c', each]);
  return execFileSync('git', [...settings, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** A repository whose branch `main` holds the files, with the branch `work` checked out. */
export function gitRepository(
  context: { after(hook: () => void): void },
  files: Readonly<Record<string, string>>,
): string {
  const root = projectFolder(context, { ...files, '.gitignore': '.querylens/\nnode_modules/\n' });
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'Begin');
  git(root, 'checkout', '-qb', 'work');
  return root;
}

/** A clone of one commit of `work`, to which the tip of `main` was fetched without history, as CI does. */
export function shallowClone(context: { after(hook: () => void): void }, root: string): string {
  const clone = projectFolder(context, {});
  git(clone, 'init', '-q');
  git(clone, 'remote', 'add', 'origin', `file://${root}`);
  git(clone, 'fetch', '-q', '--depth=1', 'origin', 'work');
  git(clone, 'checkout', '-qfB', 'work', 'FETCH_HEAD');
  git(clone, 'fetch', '-q', '--depth=1', 'origin', 'main:main');
  return clone;
}
