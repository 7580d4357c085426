import { existsSync } from 'node:fs';
import { type FSWatcher, watch } from 'chokidar';

/** A folder in which logs lie or will lie. */
export interface LogFolder {
  /** Absolute. */
  readonly folder: string;
  /** With all folders below. */
  readonly recursive: boolean;
  /** By absolute path. */
  readonly isLog: (path: string) => boolean;
}

/** Tells when it is worth looking. */
export interface WakeUps {
  /** `changed` once the system told of a change since the last time this was asked, else `time` after so many milliseconds, or as soon as it is all over. */
  next(ms: number): Promise<'changed' | 'time'>;
  close(): Promise<void>;
}

/** Hears of changes where the file system tells of them; folders that are not there yet are heard of once they are. */
export function createWakeUps(folders: readonly LogFolder[], signal: AbortSignal): WakeUps {
  let changed = false;
  let wake = () => undefined as unknown;
  const hear = () => {
    changed = true;
    wake();
  };
  const watchers = new Map<LogFolder, FSWatcher>();
  const watchThose = () => {
    for (const folder of folders)
      if (!watchers.has(folder) && existsSync(folder.folder)) watchers.set(folder, heard(folder, hear));
  };
  signal.addEventListener('abort', () => wake(), { once: true });
  return {
    next: async (ms) => {
      watchThose();
      if (!changed && !signal.aborted) {
        await new Promise<unknown>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve(null);
          };
        });
      }
      const woken = changed ? 'changed' : 'time';
      changed = false;
      return woken;
    },
    close: async () => {
      await Promise.all([...watchers.values()].map((watcher) => watcher.close()));
    },
  };
}

function heard({ folder, recursive, isLog }: LogFolder, hear: () => void): FSWatcher {
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && !isLog(path),
    ...(!recursive && { depth: 0 }),
  });
  // Without watches to be had, looking now and then is enough.
  return watcher.on('all', hear).on('error', () => undefined);
}
