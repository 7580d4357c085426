import { type BigIntStats, statSync } from 'node:fs';
import { type FollowedLog, type FollowLogMeans, followLog, type LogState } from './followLog.ts';

/** What is followed, and who is told. */
export interface FollowingMeans extends Omit<FollowLogMeans, 'cut'> {
  /** Absolute paths of the logs there are now. */
  readonly logs: () => readonly string[];
  /** Counts what is left of the files a log was before it was rotated: asked when another file, or another text, is met in its place. */
  readonly catchUp: (path: string) => Promise<void>;
  /** A log that cannot be opened; told once as long as that stays so. */
  readonly unopened: (path: string, reason: string) => void;
}

/** All logs that are read as they grow. */
export interface Following {
  look(): Promise<Exclude<LogState, 'idle'>>;
  /** Writes what is counted; reading can go on from there in another process. */
  close(): void;
}

export function createFollowing(means: FollowingMeans, signal: AbortSignal): Following {
  /** By identity: a file that is renamed stays the same. */
  const open = new Map<string, FollowedLog>();
  /** Which file was met at a path, and how files were when they were let go. */
  const [met, idle] = [new Map<string, string>(), new Map<string, string>()];
  const unopened = new Set<string>();
  const cut = new Set<string>();
  const told: FollowLogMeans = { ...means, cut: (path) => void cut.add(path) };

  function tryOpen(path: string, stats: BigIntStats): FollowedLog | null {
    try {
      const log = followLog(path, Math.max(0, Date.now() - Number(stats.mtimeMs)), told, signal);
      open.set(keyOf(stats), log);
      unopened.delete(path);
      return log;
    } catch (error) {
      if (!unopened.has(path)) means.unopened(path, error instanceof Error ? error.message : String(error));
      unopened.add(path);
      return null;
    }
  }

  /** What was renamed and is still open is read to its end first, or it would be read twice. */
  async function catchUp(path: string): Promise<void> {
    for (const log of open.values()) {
      await log.look();
      log.settle();
    }
    await means.catchUp(path);
  }

  async function meet(path: string, stats: BigIntStats): Promise<LogState> {
    const log = tryOpen(path, stats);
    if (!log) return 'quiet';
    const before = met.get(path);
    met.set(path, keyOf(stats));
    if (before !== keyOf(stats)) await catchUp(path);
    const first = await log.look();
    if ((await log.look()) === 'idle') letGo(keyOf(stats), stats);
    return first;
  }

  /** Nothing was added for long; where it is still listed it is opened again when something is. */
  function letGo(key: string, stats: BigIntStats | undefined): void {
    open.get(key)?.close(stats === undefined);
    open.delete(key);
    if (stats) idle.set(key, stateOf(stats));
  }

  async function look(): Promise<LogState[]> {
    const states: LogState[] = [];
    for (const path of cut) await catchUp(path);
    cut.clear();
    const listed = new Map<string, BigIntStats>();
    const paths = means.logs();
    for (const path of paths) {
      const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
      if (!stats?.isFile() || signal.aborted) continue;
      listed.set(keyOf(stats), stats);
      if (!open.has(keyOf(stats)) && idle.get(keyOf(stats)) !== stateOf(stats)) states.push(await meet(path, stats));
    }
    for (const [key, log] of open) {
      const state = await log.look();
      states.push(state);
      if (state === 'idle') letGo(key, listed.get(key));
    }
    for (const key of idle.keys()) if (!listed.has(key)) idle.delete(key);
    const known = new Set(paths);
    for (const path of met.keys()) if (!known.has(path)) met.delete(path);
    return states;
  }
  return {
    look: async () => {
      const states = new Set(await look());
      return states.has('grew') ? 'grew' : states.has('unrested') ? 'unrested' : 'quiet';
    },
    close: () => {
      for (const log of open.values()) log.close(false);
    },
  };
}

function keyOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

function stateOf({ size, mtimeNs }: BigIntStats): string {
  return `${size} ${mtimeNs}`;
}
