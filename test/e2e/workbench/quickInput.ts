import type { Page } from 'playwright-core';
import { act } from './gestures.ts';

/** Types into the quick input that a key opens, and takes the first entry that says so. */
export async function choose(page: Page, key: string, text: string, entry: string): Promise<void> {
  const box = page.locator('.quick-input-widget');
  const input = box.locator('input[type="text"]:visible').first();
  const ask = async (): Promise<void> => {
    await page.keyboard.press(key);
    await input.fill(text, { timeout: 5_000 }).catch(() => undefined);
  };
  const row = box.locator('.monaco-list-row', { hasText: entry }).first();
  await act(page, ask, row);
  await row.click();
  await box.waitFor({ state: 'hidden' });
}
