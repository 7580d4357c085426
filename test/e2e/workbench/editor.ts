import type { Locator, Page } from 'playwright-core';
import { act } from './gestures.ts';
import { choose } from './quickInput.ts';

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
  /** Puts the caret there. */
  goTo(at: Place): Promise<void>;
  /** Opens the menu of fixes at a line and column, both from 1, by the keyboard; gives the entry that says so. */
  fixes(at: Place, offers: string | RegExp): Promise<Locator>;
}

/** Where to look, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The place where a text first has the words. */
export function placeOf(words: string, text: string): Place {
  const before = text.slice(0, text.indexOf(words)).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** The editor of the file at an absolute path. */
export function editorOf(page: Page, path: string): Editor {
  const box = page.locator(`.monaco-editor[data-uri$="${path}"]`).first();
  const goTo = ({ line, column }: Place): Promise<void> => choose(page, 'Control+g', `:${line}:${column}`, `${line}`);
  const token = (words: string): Locator =>
    box.locator('.view-line span span', { hasText: new RegExp(`^${literal(words)}$`) }).first();
  return {
    box,
    token,
    text: async () => plain((await box.locator('.view-line').allInnerTexts()).join('\n')),
    // What stands under faded text is drawn twice, once without any size.
    squiggles: (kind) => box.locator(`.squiggly-${kind}:visible`),
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
    goTo,
    fixes: async (at, hasText) => {
      const entry = page.locator('.action-widget .action', { hasText }).first();
      const ask = async (): Promise<void> => {
        await goTo(at);
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
