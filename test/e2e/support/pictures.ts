import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** The pictures of README and docs are made anew with `UPDATE=1`; without it they are made to be looked at. */
const FOLDER = join(import.meta.dirname, process.env.UPDATE ? '../../../docs/pictures' : '../screenshots/docs');

/** Keeps a picture of a part of the window under a name that a page of the docs shows. */
export async function picture(part: Page | Locator, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await part.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}
