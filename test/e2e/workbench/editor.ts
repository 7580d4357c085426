import type { Locator, Page } from 'playwright-core';
import { act } from './gestures.ts';

/** One open file, as a person sees it. */
export interface Editor {
  readonly box: Locator;
  /** The lines in view; the editor draws spaces as no-break spaces. */
  text(): Promise<string>;
  /** The place in the code where `words` are drawn as one token. */
  token(words: string): Locator;
  squiggles(kind: 'error' | 'warning' | 'info' | 'hint'): Locator;
  lens(words: string | RegExp): Locator;
  /** Opens what is known of a token by resting the mouse on it. */
  hover(words: string, says: string | RegExp): Promise<Locator>;
  /** Opens the menu of fixes at a token, by the keyboard. */
  fixes(words: string, offers: string | RegExp): Promise<Locator>;
}

/** The editor of the file at an absolute path. */
export function editorOf(page: Page, path: string): Editor {
  const box = page.locator(`.monaco-editor[data-uri$="${path}"]`).first();
  const token = (words: string): Locator =>
    box.locator('.view-line span span', { hasText: new RegExp(`^${literal(words)}$`) }).first();
  return {
    box,
    token,
    text: async () => plain((await box.locator('.view-line').allInnerTexts()).join('\n')),
    squiggles: (kind) => box.locator(kind === 'hint' ? '.squiggly-hint' : `.squiggly-${kind}`),
    lens: (hasText) => box.locator('.codelens-decoration a', { hasText }).first(),
    hover: async (words, hasText) => {
      const shown = page.locator('.monaco-hover:visible', { hasText }).first();
      const rest = async (): Promise<void> => {
        await page.mouse.move(5, 5);
        await token(words).hover();
      };
      await act(page, rest, shown);
      return shown;
    },
    fixes: async (words, hasText) => {
      const entry = page.locator('.action-widget .action', { hasText }).first();
      const ask = async (): Promise<void> => {
        await token(words).click();
        await page.keyboard.press('Control+.');
      };
      await act(page, ask, entry);
      return entry;
    },
  };
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
