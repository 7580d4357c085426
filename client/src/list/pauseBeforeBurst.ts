/**
 * Lets the first answer of a burst wait for `ms`, and none after it. VS Code asks for the children of many lines together, from one timer each; an
 * answer that is back before the last timer ran makes it mix up whose children are whose. Each key has bursts of its own, because one level is
 * asked for after the other.
 */
export function pauseBeforeBurst(ms: number): { wait(key: string): Promise<void> } {
  const answered = new Map<string, number>();
  return {
    wait: async (key) => {
      const last = answered.get(key);
      if (last === undefined || performance.now() - last > ms) await new Promise((resolve) => setTimeout(resolve, ms));
      answered.set(key, performance.now());
    },
  };
}
