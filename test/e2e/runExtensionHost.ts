import { lookup } from 'node:dns/promises';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { writeCodeShim } from './host/codeShim.ts';
import { copyShop } from './support/shopCopy.ts';

const ROOT = join(import.meta.dirname, '../..');
const SUITE = join(import.meta.dirname, 'out/suite.cjs');

/**
 * Runs the suite in the extension host: of the VS Code at `$VSCODE_EXECUTABLE`, or of code-server where that says `code-server`. Where it
 * is unset, of a downloaded VS Code if there are a network and a screen, else of code-server. Gives how many tests passed; throws where one
 * failed or none ran.
 */
export async function runExtensionHost(): Promise<number> {
  await bundleSuite();
  const folder = mkdtempSync(join(tmpdir(), 'querylens-host-'));
  const shop = copyShop();
  const results = join(folder, 'results.json');
  const executable = process.env.VSCODE_EXECUTABLE ?? ((await canRunDesktop()) ? 'desktop' : 'code-server');
  console.log(`e2e: the extension host of ${executable}`);
  try {
    await runTests({
      ...(executable === 'desktop'
        ? {}
        : { vscodeExecutablePath: executable === 'code-server' ? writeCodeShim(folder) : executable }),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: SUITE,
      extensionTestsEnv: { E2E_RESULTS: results },
      launchArgs: [shop.folder, '--disable-extensions', '--disable-workspace-trust'],
    });
    return passedIn(results);
  } finally {
    shop.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function canRunDesktop(): Promise<boolean> {
  const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (!hasScreen) return false;
  return lookup('update.code.visualstudio.com').then(
    () => true,
    () => false,
  );
}

async function bundleSuite(): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'suite/main.ts')],
    outfile: SUITE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

function passedIn(results: string): number {
  if (!existsSync(results)) throw new Error('the suite ended early: it left no results');
  const outcomes: readonly { readonly title: string; readonly state: string }[] = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  const other = outcomes.filter(({ state }) => state !== 'passed');
  if (outcomes.length === 0 || other.length > 0)
    throw new Error(
      `not passed: ${other.map(({ title, state }) => `${title} (${state})`).join(', ') || 'no test ran'}`,
    );
  return outcomes.length;
}
