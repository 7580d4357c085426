import { spawnSync } from 'node:child_process';
import { oneCore } from './measure.ts';

/** Seconds pgBadger takes of the processor for a log of the tests' server; null where it is not installed. */
export function pgBadger(log: string): number | null {
  if (spawnSync('pgbadger', ['--version']).error) return null;
  const options = ['-q', '-x', 'text', '-o', '-', '-f', 'stderr', '-p', '%m [%p] %u@%d '];
  // A shell tells the time of its children, which Node does not.
  const timed = ['bash', '-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" >/dev/null', 'pgbadger', ...options, log];
  const [program = '', ...args] = [...oneCore, ...timed];
  const { stderr } = spawnSync(program, args, { encoding: 'utf8' });
  const [user = Number.NaN, system = Number.NaN] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (!(user + system > 0)) throw new Error(stderr);
  return user + system;
}
