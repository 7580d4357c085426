import { setImmediate } from 'node:timers/promises';
import { type FollowedFile, type FollowMeans, followFile } from './followedFile.ts';

/** One log on the clock: when it is worth reading, writing down, and letting go. */
export interface FollowedLog {
  /** Reads what was added. `unrested`: what was written last may not be whole. `idle`: it may be let go. */
  look(): Promise<LogState>;
  /** Writes all that was read, as if nothing more came for the moment. */
  settle(): void;
  /** Lets go of it; where nothing more can come, what is left of it counts too. */
  close(final: boolean): void;
}

export type LogState = 'grew' | 'unrested' | 'quiet' | 'idle';

export interface FollowLogMeans extends FollowMeans {
  /** Something is about to be read. */
  readonly beforeReading: () => Promise<void>;
  readonly reads: (path: string, progress: ReturnType<FollowedFile['progress']>) => void;
}

/** Milliseconds without anything new, after which what was written last is taken for whole. */
const REST_MS = 300;
/** Milliseconds between writes of what never rests. */
const COMMIT_MS = 500;
/** Milliseconds after which a file that does not grow is let go; whoever writes may take so long to follow a rotation. */
const IDLE_MS = 60_000;
/** The same for one that would have to be read from its beginning again. */
const LONG_IDLE_MS = 1_800_000;

/** `ageMs`: how long ago the file was written last. Throws where it cannot be opened. */
export function followLog(path: string, ageMs: number, means: FollowLogMeans, signal: AbortSignal): FollowedLog {
  const file = followFile(path, means);
  let [grown, committed] = [performance.now() - ageMs, performance.now()];
  let [begun, rested, settled] = [false, true, true];

  async function readOn(): Promise<void> {
    await means.beforeReading();
    let more = true;
    do {
      more = file.readOn();
      means.reads(path, file.progress());
      if (more) await setImmediate();
    } while (more && !signal.aborted);
    if (begun) grown = performance.now();
    [begun, rested, settled] = [true, false, false];
    if (performance.now() - committed < COMMIT_MS) return;
    committed = performance.now();
    file.commit();
  }

  return {
    look: async () => {
      if (file.hasNews()) {
        await readOn();
        return 'grew';
      }
      const quiet = performance.now() - grown;
      if (!rested && quiet < REST_MS) return 'unrested';
      if (!rested) file.rest();
      rested = true;
      if (quiet < IDLE_MS) return 'quiet';
      // What was waited for in vain counts now.
      if (!settled) file.rest();
      settled = true;
      return file.canResume() || quiet >= LONG_IDLE_MS ? 'idle' : 'quiet';
    },
    settle: file.rest,
    close: file.close,
  };
}
