import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The program that is the built command line, and builds it first when the sources are newer. */
export const SCRIPT = join(import.meta.dirname, '../../scripts/querylens.ts');

/** Runs the built command line in a process of its own, building it first when the sources are newer. */
export function builtCli(
  args: readonly string[],
  cwd: string,
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}
