import { latestOnly } from './latestOnly.ts';

/** How long to wait between two fetches, in milliseconds: so many times as long as the last one took, within bounds. */
export interface Pace {
  readonly leastMs: number;
  readonly longestMs: number;
  readonly timesTaken: number;
}

/** `fetch` for each key once at a time, and after the first time with a pause before it: what takes the server long is asked for less often. */
export function pacedFetch(
  fetch: (key: string) => Promise<void>,
  { leastMs, longestMs, timesTaken }: Pace,
): (key: string) => Promise<void> {
  const tookMs = new Map<string, number>();
  return latestOnly(async (key) => {
    const last = tookMs.get(key);
    if (last !== undefined) await pause(Math.min(longestMs, Math.max(leastMs, timesTaken * last)));
    const begun = performance.now();
    await fetch(key);
    tookMs.set(key, performance.now() - begun);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
