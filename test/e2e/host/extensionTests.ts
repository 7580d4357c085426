import { setTimeout as sleep } from 'node:timers/promises';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { startCodeServer } from './codeServer.ts';
import { workbenchUrl } from './workbenchUrl.ts';

export interface ExtensionTests {
  /** Folders of extensions, run unpacked. */
  readonly extensions: readonly string[];
  /** Module whose `run` is awaited in the extension host. */
  readonly module: string;
  readonly workspace: string | undefined;
}

const NO_ANSWER_MS = 240_000;

/** Runs tests in the extension host of a VS Code server: 0 passed, 1 failed, 2 did not run. */
export async function runInCodeServer(tests: ExtensionTests): Promise<number> {
  const server = await startCodeServer({ testDriver: true });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const end = await listen(page);
    await page.goto(workbenchUrl(server, { workspace: tests.workspace, tests }), { waitUntil: 'commit' });
    const code = await end();
    if (code === 2) console.error(server.log());
    return code;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The workbench calls two functions of its page: with each line of the extension host's console, and with the exit code. */
async function listen(page: Page): Promise<() => Promise<number>> {
  const { promise, resolve } = Promise.withResolvers<number>();
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    const line = format(...args);
    // What a suite and its reporter print comes as information; warnings and errors are mostly the workbench's own.
    if ((type === 'info' || /querylens/i.test(line)) && !CHATTER.test(line)) console.log(line);
  });
  await page.exposeFunction('codeAutomationExit', resolve);
  page.on('crash', () => resolve(2));
  return () => Promise.race([promise, sleep(NO_ANSWER_MS, 2, { ref: false })]);
}

/** What the workbench itself says between the lines of the tests: its comings and goings, and parts that were left uncompiled. */
const CHATTER = new RegExp(
  [
    '^(Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin|Ignoring fetching additional)',
    '^Timed out waiting for authentication provider',
    '^\\[(reconnection-grace-time|AgentHost|AccountPolicyGate|Service Worker|DefaultAccount|chat-stt)',
    '@vscode/(spdlog|native-watchdog)/',
  ].join('|'),
);
