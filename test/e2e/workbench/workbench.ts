import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { launchChromium } from '../host/chromium.ts';
import { startCodeServer } from '../host/codeServer.ts';
import { workbenchUrl } from '../host/workbenchUrl.ts';
import { type Editor, editorOf } from './editor.ts';
import { act } from './gestures.ts';

/** VS Code in a browser, with the packaged extension installed. */
export interface Workbench {
  readonly page: Page;
  /** Opens a file of the workspace by its path, as from "Go to File". */
  open(path: string): Promise<Editor>;
  /** Runs a command by its title. */
  command(title: string): Promise<void>;
  statusBar(words: string | RegExp): Locator;
  notification(words: string | RegExp): Locator;
  /** Keeps a picture of the whole window under test/e2e/screenshots. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly workspaceTrust?: boolean;
}

const SCREENSHOTS = join(import.meta.dirname, '../screenshots');

/** Starts a server and a browser for one workspace; both end with `close`. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const server = await startCodeServer({ ...options, vsix: process.env.QUERYLENS_VSIX });
  const browser = await launchChromium();
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(30_000);
    await page.goto(workbenchUrl(server, { workspace: options.workspace }), { waitUntil: 'commit' });
    await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
    return { ...drive(page), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function drive(page: Page): Omit<Workbench, 'close'> {
  const pick = (prefix: string) => (what: string, entry: string | RegExp) => choose(page, prefix + what, entry);
  return {
    page,
    open: async (path) => {
      await pick('')(path, path.split('/').at(-1) ?? path);
      const editor = editorOf(page, path);
      await editor.box.waitFor();
      return editor;
    },
    command: (title) => pick('>')(title, title),
    statusBar: (hasText) => page.locator('.statusbar-item', { hasText }).first(),
    notification: (hasText) => page.locator('.notification-list-item', { hasText }).first(),
    screenshot: async (name) => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
  };
}

/** Types into the quick input and takes the first entry that says so. */
async function choose(page: Page, text: string, entry: string | RegExp): Promise<void> {
  const input = page.locator('.quick-input-widget:visible input[type="text"]').first();
  const ask = async (): Promise<void> => {
    await page.keyboard.press(text.startsWith('>') ? 'F1' : 'Control+p');
    await input.fill(text, { timeout: 5_000 }).catch(() => undefined);
  };
  const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: entry }).first();
  await act(page, ask, row);
  await row.click();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}
