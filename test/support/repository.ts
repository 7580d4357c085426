import { execFileSync } from 'node:child_process';

const IDENTITY = ['user.name=Somebody', 'user.email=somebody@example.org', 'init.defaultBranch=main'];

/** Runs git as somebody with a name, and gives what it prints. */
export function git(folder: string, ...args: readonly string[]): string {
  const settings = IDENTITY.flatMap((setting) => ['-c', setting]);
  return execFileSync('git', [...settings, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
}
