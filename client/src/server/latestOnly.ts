/**
 * Runs `work` at most once at a time for each key: calls made meanwhile are one more run after it, because only the last state counts.
 * The promise settles when nothing is left to do, and rejects as `work` does.
 */
export function latestOnly(work: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const run = async (key: string): Promise<void> => {
    try {
      do {
        again.delete(key);
        await work(key);
      } while (again.has(key));
    } finally {
      running.delete(key);
      again.delete(key);
    }
  };
  return (key) => {
    const busy = running.get(key);
    if (busy !== undefined) {
      again.add(key);
      return busy;
    }
    const started = run(key);
    running.set(key, started);
    return started;
  };
}
