import assert from 'node:assert/strict';

/** In milliseconds: far longer than anything takes. */
const PATIENCE_MS = 15_000;

/** Waits for something that comes true by itself; `what` is said when it does not. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!isTrue()) {
    assert.ok(performance.now() < end, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
