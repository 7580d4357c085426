import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const E2E = join(import.meta.dirname, '..');
const LOCK = join(E2E, 'package-lock.json');
const STAMP = join(E2E, 'node_modules/.querylens-installed');
const NPM = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Brings the packages of test/e2e and the parts of code-server that its own install script would fetch, unless they are there:
 * some 250 MB over the network, no compiler. code-server's script stays off because it compiles what the tests do not need.
 */
export function installCodeServer(): void {
  const wanted = readFileSync(LOCK, 'utf8');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('e2e: installing code-server and the browser driver');
  npm(E2E, ['ci']);
  const vscode = join(codeServerFolder(), 'lib/vscode');
  // `npm ci` refuses these two: their lock files lack an entry.
  npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
  npm(join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
  writeFileSync(STAMP, wanted);
}

/** Where code-server is installed; throws where it is not. */
export function codeServerFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('code-server/package.json'));
}

function npm(cwd: string, args: readonly string[]): void {
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  execFileSync('npm', [...args, ...NPM], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH },
  });
}
