/** Calls `work` once, `ms` after the first of many calls: a view is drawn once for all that changes together. */
export function afterPause(work: () => void, ms: number): { call(): void; dispose(): void } {
  let waiting: NodeJS.Timeout | null = null;
  return {
    call: () => {
      waiting ??= setTimeout(() => {
        waiting = null;
        work();
      }, ms);
    },
    dispose: () => {
      if (waiting !== null) clearTimeout(waiting);
    },
  };
}
