/** How work takes its turns beside other work on the same thread. */
export interface Pace {
  /** Goes through the steps and gives what they end in; rejects with the signal's reason once it is aborted, and the steps are given up. */
  drive<Result>(steps: Generator<void, Result>): Promise<Result>;
  /** Lets others have their turn, where there is a pace at all. */
  pause(): Promise<void>;
}

/** Without `turnMs`, the milliseconds of work between two turns of the event loop, everything is done in one go. */
export function createPace(turnMs: number | null, signal: AbortSignal | undefined): Pace {
  let since = performance.now();
  const pause = async () => {
    if (turnMs === null) return;
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    since = performance.now();
  };
  return {
    pause,
    drive: async (steps) => {
      try {
        for (;;) {
          const step = steps.next();
          if (step.done) return step.value;
          if (turnMs !== null && performance.now() - since >= turnMs) await pause();
        }
      } finally {
        giveUp(steps);
      }
    },
  };
}

/** Ends steps that are not through; no-op for those that are. */
function giveUp<Result>(steps: Generator<void, Result>): void {
  (steps as Generator<void, Result | undefined>).return(undefined);
}
