import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundle } from '../../scripts/build/bundle.ts';
import { packExtension } from '../../scripts/package/packExtension.ts';
import { ownTarget } from '../../scripts/package/targets.ts';
import { installCodeServer } from './host/installCodeServer.ts';

// Tests the extension in a real VS Code: builds and packs it, installs what is missing, runs both suites, notes how many tests passed.
const root = join(import.meta.dirname, '../..');
const out = join(import.meta.dirname, 'out');

await step('install', async () => installCodeServer());
await step('types', async () => checkTypes());
const [vsix] = await step('package', async () => {
  await buildBundle();
  return packExtension(root, [ownTarget()], out);
});
// Loaded only now: what they import may have been installed a moment ago.
const { runExtensionHost } = await import('./runExtensionHost.ts');
const { runScenarios } = await import('./runScenarios.ts');
const extensionHost = await step('extension host', runExtensionHost);
const browser = await step('browser', () => runScenarios(vsix?.file ?? '', process.argv.slice(2)));
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'passed.json'), JSON.stringify({ extensionHost, browser }));
console.log(`e2e: ${extensionHost} tests in the extension host and ${browser} in the browser passed`);

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    const result = await run();
    console.error(`e2e: ${name} passed (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    console.error(`e2e: ${name} failed\n${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}

function checkTypes(): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', import.meta.dirname], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout);
}
