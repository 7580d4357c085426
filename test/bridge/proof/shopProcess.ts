import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openShop } from '../../../scripts/demo/shop.ts';
import { type Load, requestsFor } from './requests.ts';

const WATCHED = ['--import', join(import.meta.dirname, 'inApp/hooks.ts')];

/** A program that ends when it is done, whatever the driver still holds open. */
const SEED = "const { seed } = await import('./prisma/seed.ts'); await seed(); process.exit();";

/** Fills the tables of the copied shop. */
export async function seedShop(folder: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [...WATCHED, '--input-type=module', '--eval', SEED], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`seeding ended with ${code}`);
}

/** Opens the copied shop, watched, sends the requests and ends it. */
export async function visitShop(folder: string, load: readonly Load[], env: Readonly<Record<string, string>>) {
  const shop = await openShop(folder, [...WATCHED, 'src/withMore.ts'], env);
  try {
    const orders = await shop.send({ path: '/me/orders', token: 'token-1' });
    const numbers = (JSON.parse(orders) as readonly { readonly number: string }[]).map(({ number }) => number);
    for (const each of load) await shop.drive(requestsFor(each, numbers), each.concurrency);
  } finally {
    await shop.close();
  }
}
