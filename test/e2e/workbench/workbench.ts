import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { launchChromium } from '../host/chromium.ts';
import { startCodeServer } from '../host/codeServer.ts';
import { workbenchUrl } from '../host/workbenchUrl.ts';
import { type Editor, editorOf } from './editor.ts';
import { act } from './gestures.ts';
import { choose } from './quickInput.ts';

/** VS Code in a browser, with the packaged extension installed. */
export interface Workbench {
  readonly page: Page;
  /** Opens a file by its path below the workspace's folder, as from "Go to File"; `root` is the folder where there are several. */
  open(path: string, root?: string): Promise<Editor>;
  /** Runs a command by its title. */
  command(title: string): Promise<void>;
  /** What the active page of Markdown says. */
  readonly preview: Locator;
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

/** A busy machine is slow; what never comes costs this long. */
const PATIENCE_MS = 60_000;
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
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(workbenchUrl(server, { workspace: options.workspace }), { waitUntil: 'commit' });
    await page.locator('.monaco-workbench .statusbar').waitFor();
    return { ...drive(page, options.workspace), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function drive(page: Page, folder: string): Omit<Workbench, 'close'> {
  return {
    page,
    open: async (path, root = folder) => {
      const file = join(root, path);
      const editor = editorOf(page, file);
      await act(page, () => choose(page, 'Control+p', file, basename(path)), editor.box);
      return editor;
    },
    command: (title) => choose(page, 'F1', `>${title}`, title),
    preview: page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame').locator('body'),
    statusBar: (hasText) => page.locator('.statusbar-item', { hasText }).first(),
    notification: (hasText) => page.locator('.notification-list-item', { hasText }).first(),
    screenshot: async (name) => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
  };
}
