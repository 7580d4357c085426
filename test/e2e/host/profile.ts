import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { USER_SETTINGS } from './userSettings.ts';

/** A person's machine for one run: settings, extensions and home in a folder of their own. */
export interface Profile {
  /** Arguments that make code-server live in it. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  remove(): void;
}

/** Makes a fresh one; `settings` are laid over {@link USER_SETTINGS}. */
export function createProfile(settings: Readonly<Record<string, unknown>>): Profile {
  const base = mkdtempSync(join(tmpdir(), 'querylens-e2e-'));
  const [user, extensions, home] = [join(base, 'data/User'), join(base, 'extensions'), join(base, 'home')];
  for (const folder of [user, extensions, home]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify({ ...USER_SETTINGS, ...settings }, null, 2));
  const config = join(base, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  return {
    args: ['--config', config, '--user-data-dir', join(base, 'data'), '--extensions-dir', extensions],
    env: environment(home),
    log: join(base, 'server.log'),
    remove: () => rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** What an editor around this process would hand down, and would change how ours behaves. */
const INHERITED = /^(VSCODE_(?!TEST_OPTIONS)|CODE_SERVER_|PASSWORD$|PORT$|NODE_OPTIONS$|ELECTRON_)/;

/** Slow to start or in want of a network. Extensions with a browser part must stay: they would be tried there, and fail with a notification. */
const SKIPPED = [
  'GitHub.copilot-chat',
  'vscode.git',
  'vscode.github',
  'vscode.debug-auto-launch',
  'vscode.terminal-suggest',
  'ms-vscode.js-debug',
];

const NO_GALLERY = { serviceUrl: '', itemUrl: '', resourceUrlTemplate: '', controlUrl: '', recommendationsUrl: '' };

function environment(home: string): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || INHERITED.test(name) ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    VSCODE_SKIP_BUILTIN_EXTENSIONS: SKIPPED.join(','),
    EXTENSIONS_GALLERY: JSON.stringify(NO_GALLERY),
  };
}
