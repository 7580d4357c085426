import type { Locator, Page } from 'playwright-core';
import { act, until } from './gestures.ts';

const SOON = { timeout: 5_000 };

/**
 * Runs a command that asks for a file, and answers with its path: in a window that runs beside its files the dialog is the box the command was chosen
 * in. `effect` shows once it was accepted.
 */
export async function answerDialog(page: Page, title: string, path: string, effect: Locator): Promise<void> {
  const box = page.locator('.quick-input-widget');
  const input = box.locator('input[type="text"]:visible').first();
  const gesture = async (): Promise<void> => {
    await page.keyboard.press('F1');
    await input.fill(`>${title}`, SOON);
    await box.locator('.monaco-list-row', { hasText: title }).first().click(SOON);
    await until('the dialog', async () => (await input.inputValue(SOON)).startsWith('/'), SOON.timeout);
    await input.fill(path, SOON);
    await until('the path in it', async () => (await input.inputValue(SOON)) === path, SOON.timeout);
    await input.press('Enter', SOON);
  };
  await act(page, () => gesture().catch(() => undefined), effect);
}
