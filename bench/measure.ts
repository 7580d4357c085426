import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One run of a Node program as a whole process, start-up included. */
export interface Run {
  readonly seconds: number;
  /** Seconds on the processor, the same whatever else runs. */
  readonly processor: number;
  /** Largest resident set, in MB. */
  readonly megabytes: number;
  readonly status: number | null;
  readonly stdout: string;
}

/** Runs a program in a fresh process, by a launcher such as {@link oneCore}; the process itself reports its memory when it exits. */
export function measure(args: readonly string[], cwd: string, launcher: readonly string[] = []): Run {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-bench-'));
  const report = join(folder, 'usage.json');
  const start = performance.now();
  const [program = '', ...all] = [
    ...launcher,
    process.execPath,
    ...['--import', join(import.meta.dirname, 'reportUsage.mjs'), ...args],
  ];
  const { status, stdout } = spawnSync(program, all, {
    cwd,
    env: { ...process.env, BENCH_USAGE: report },
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const seconds = (performance.now() - start) / 1000;
  const { maxRSS, userCPUTime, systemCPUTime }: NodeJS.ResourceUsage = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(folder, { recursive: true });
  return { seconds, processor: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024, status, stdout };
}

/** Keeps a process on one core where the system has a command for that. */
export const oneCore: readonly string[] = process.platform === 'linux' ? ['taskset', '-c', '0'] : [];

/** The fastest of several runs: what the machine can do when nothing else wants it. */
export function fastest(runs: readonly Run[]): Run {
  const [first] = runs.toSorted((a, b) => a.seconds - b.seconds);
  if (first === undefined) throw new Error('no run');
  return first;
}
