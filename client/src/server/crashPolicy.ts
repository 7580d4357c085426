const MOST_RESTARTS = 4;
const WITHIN_MS = 3 * 60 * 1000;

/** Decides whether a server that died is started again. */
export interface CrashPolicy {
  /** Told of a crash at `now` (milliseconds); whether to start again. */
  crashed(now: number): boolean;
  /** A person asked for a restart: the past is forgotten. */
  forget(): void;
}

/** Starts again at most four times in three minutes: more often means that it would never stay up. */
export function crashPolicy(): CrashPolicy {
  let restarts: readonly number[] = [];
  return {
    crashed: (now) => {
      restarts = restarts.filter((at) => now - at < WITHIN_MS);
      if (restarts.length >= MOST_RESTARTS) return false;
      restarts = [...restarts, now];
      return true;
    },
    forget: () => {
      restarts = [];
    },
  };
}
