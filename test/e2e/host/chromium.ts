import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where distributions and hosted runners keep it. */
const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** The installed browser: `$CHROMIUM`, else a usual place; throws with what to do where there is none. */
export function chromiumPath(): string {
  const path = process.env.CHROMIUM ?? USUAL.find((candidate) => existsSync(candidate));
  if (path !== undefined && existsSync(path)) return path;
  throw new Error(
    `no Chromium ${path === undefined ? `in ${USUAL.join(', ')}` : `at ${path}`}: install it or set CHROMIUM to its path`,
  );
}

/** Starts it without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: ARGS });
}
