import type { Locator, Page } from 'playwright-core';

const TRIES = 6;
const SHOWS_WITHIN_MS = 4_000;
const LAST_TRY_MS = 30_000;

/**
 * Repeats a gesture until its effect shows: a relayout or a late answer swallows one now and then, for a person too.
 * An effect that never shows is still a failure.
 */
export async function act(page: Page, gesture: () => Promise<unknown>, effect: Locator): Promise<void> {
  for (let turn = 1; turn < TRIES; turn++) {
    await gesture();
    if (await shows(effect, SHOWS_WITHIN_MS)) return;
    await page.keyboard.press('Escape');
  }
  await gesture();
  await effect.waitFor({ timeout: LAST_TRY_MS });
}

async function shows(effect: Locator, timeout: number): Promise<boolean> {
  return effect.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** Waits until `ask` answers true; throws with `what` otherwise. */
export async function until(what: string, ask: () => boolean | Promise<boolean>, timeout = LAST_TRY_MS): Promise<void> {
  for (const end = Date.now() + timeout; Date.now() < end; ) {
    if (await ask()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within ${timeout / 1000} s: ${what}`);
}
