import { globSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shopRequests } from '../../../scripts/demo/requests.ts';
import { run } from '../../../scripts/demo/run.ts';
import { openShop } from '../../../scripts/demo/shop.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CLI = join(ROOT, 'server/src/cli/process.ts');
const [ROUNDS, AT_ONCE] = [6, 4];

/** Runs a copy of the shop with the probe, asks it for everything it has, and counts what it did, as the demo does. */
export async function measureShop(folder: string): Promise<void> {
  symlinkSync(join(ROOT, 'node_modules'), join(dirname(folder), 'node_modules'), 'junction');
  await run(['setup.ts'], folder);
  const server = await openShop(folder, ['src/main.ts'], { QUERYLENS: '1' });
  const orders: readonly { readonly number: string }[] = JSON.parse(
    await server.send({ path: '/me/orders', token: 'token-1' }),
  );
  const numbers = orders.map(({ number }) => number);
  await server.drive(shopRequests(ROUNDS, numbers), AT_ONCE).finally(server.close);
  await querylens(folder, ['ingest', ...globSync('.querylens/probe-*.ndjson', { cwd: folder })]);
}

/** Runs the command line in a folder and gives what it printed; findings and crossed budgets are no failure. */
export function querylens(folder: string, args: readonly string[]): Promise<string> {
  return run([CLI, ...args], folder, [0, 1]);
}
