import { setTimeout } from 'node:timers/promises';
import { createFollowing, type FollowingMeans } from './following.ts';
import { createWakeUps, type LogFolder } from './wakeUps.ts';

/** What is followed, who is told, and where logs lie or will lie. */
export interface FollowLogsMeans extends FollowingMeans {
  readonly folders: readonly LogFolder[];
}

/** Milliseconds between looks while a log grows. */
const GROWING_MS = 100;
/** Until what was written last may be taken for whole. */
const UNRESTED_MS = 150;
/** Where the system tells of no changes, and where it was seen to tell of them. */
const POLL_MS = 600;
const BACKSTOP_MS = 5000;

/** Reads logs as they grow, until the signal is aborted; what they are renamed to, and what takes their place, is read too. */
export async function followLogs(means: FollowLogsMeans, signal: AbortSignal): Promise<void> {
  const following = createFollowing(means, signal);
  const wakeUps = createWakeUps(means.folders, signal);
  /** Whether changes were told of before they were found, and whether one was found without a word. */
  let [hears, deaf] = [false, false];
  let woken: 'changed' | 'time' | null = null;
  try {
    while (!signal.aborted) {
      const state = await following.look();
      if (state === 'grew' && woken === 'changed') hears = true;
      if (state === 'grew' && woken === 'time') deaf = true;
      if (state !== 'quiet') {
        woken = null;
        await setTimeout(state === 'grew' ? GROWING_MS : UNRESTED_MS, null, { signal }).catch(() => undefined);
      } else woken = await wakeUps.next(hears && !deaf ? BACKSTOP_MS : POLL_MS);
    }
    // What was written just before.
    await following.look();
  } finally {
    await wakeUps.close();
    following.close();
  }
}
