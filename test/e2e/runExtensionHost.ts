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
 * Runs the suite in the extension host: of the VS Code at `$VSCODE_EXECUTABLE`, of code-server where that says `code-server`,
 * of a downloaded VS Code where it is unset. Gives how many tests passed; throws where one failed or none ran.
 */
export async function runExtensionHost(): Promise<number> {
  await bundleSuite();
  const folder = mkdtempSync(join(tmpdir(), 'querylens-host-'));
  const shop = copyShop();
  const results = join(folder, 'results.json');
  const executable = process.env.VSCODE_EXECUTABLE;
  try {
    await runTests({
      ...(executable === undefined
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
