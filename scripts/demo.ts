import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measured, measuredFindings, measuredTable, splitReport } from './demo/report.ts';
import { shopRequests } from './demo/requests.ts';
import { run, saying, step } from './demo/run.ts';
import { type OpenShop, openShop } from './demo/shop.ts';

// Runs the example shop with the probe, asks it for everything it has, and shows what the findings cost: in a copy, so that nothing is
// changed here but the measurements that are kept for `querylens lint` and the editor.
const { values } = parseArgs({ options: { discard: { type: 'boolean', default: false } } });

const ROOT = join(import.meta.dirname, '..');
const SHOP = 'examples/shop';
const MOST_MS = 120_000;
const [ROUNDS, AT_ONCE, IN_FULL] = [6, 4, 4];

const folder = mkdtempSync(join(tmpdir(), 'querylens-demo-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
setTimeout(() => {
  console.error(`The demo was ended after ${MOST_MS / 1000} seconds.`);
  process.exit(2);
}, MOST_MS).unref();

process.once('uncaughtException', ({ message }) => {
  console.error(`\nThe demo cannot go on: ${message}`);
  process.exit(2);
});

const shop = join(folder, SHOP);
copyShop();

saying(`The example shop (${SHOP}), measured while it runs\n`);
// The first run builds the command line, which takes a while.
const built = querylens(['--version']);
built.catch(() => undefined);
await step('its client and a database of 9,000 rows', () => run(['setup.ts'], shop));
const server = await step('the shop, with the probe', () => openShop(shop, ['src/main.ts'], { QUERYLENS: '1' }));
const requests = shopRequests(ROUNDS, await ordersOf(server));
await step(`${requests.length} requests, ${AT_ONCE} at a time, to all of its routes`, () =>
  server.drive(requests, AT_ONCE).finally(server.close),
);
const samples = globSync('.querylens/probe-*.ndjson', { cwd: shop }).map((file) => `${SHOP}/${file}`);
await built;
await step('what the probe wrote, counted: querylens ingest', () => querylens(['ingest', '--cwd', SHOP, ...samples]));
const [json = '', text = ''] = await step('the code, read with these figures: querylens lint', () =>
  Promise.all([querylens(['lint', '--evidence', '--format', 'json', SHOP]), querylens(['lint', '--evidence', SHOP])]),
);
show(measuredFindings(json, SHOP), text);
if (!values.discard) keep();

function copyShop(): void {
  const own = (path: string) => !/[\\/](?:generated|node_modules|\.querylens)(?:[\\/]|$)|\.db(?:-\w+)?$/.test(path);
  cpSync(join(ROOT, SHOP), shop, { recursive: true, filter: own });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
}

async function ordersOf(server: OpenShop): Promise<readonly string[]> {
  const orders = await server.send({ path: '/me/orders', token: 'token-1' });
  return (JSON.parse(orders) as readonly { readonly number: string }[]).map(({ number }) => number);
}

/** Findings are what is wanted here, so that they are no failure. */
function querylens(args: readonly string[]): Promise<string> {
  return run([join(ROOT, 'scripts/querylens.ts'), ...args], folder, [0, 1]);
}

function show(measured: readonly Measured[], text: string): void {
  const { blocks, summary } = splitReport(text);
  const dearest = measured.slice(0, IN_FULL).flatMap(({ at }) => blocks.get(at) ?? []);
  saying(`\nThe ${dearest.length} findings that took the most time, of ${blocks.size}:\n`);
  saying(dearest.join('\n\n'));
  saying(`\nAll findings that were measured, by the time that was waited for their calls:\n`);
  saying(measuredTable(measured, SHOP));
  saying(`\n${summary}`);
  saying(
    '\nCalls that run side by side count in full, and so does their wait for each other. SQLite runs inside the shop:',
  );
  saying('where the database is a server, each of these calls also waits for the network.');
}

function keep(): void {
  const store = join(ROOT, SHOP, '.querylens');
  for (const file of globSync('evidence.db*', { cwd: store })) rmSync(join(store, file));
  mkdirSync(store, { recursive: true });
  for (const file of ['.gitignore', ...globSync('evidence.db*', { cwd: join(shop, '.querylens') })])
    cpSync(join(shop, '.querylens', file), join(store, file));
  saying(`\nThe measurements are kept in ${SHOP}/.querylens, which git ignores:`);
  saying(`  npm run -s querylens -- lint ${SHOP}                  # with figures; --no-evidence leaves them out`);
  saying(`  npm run -s querylens -- report ${SHOP}                # where the time goes; --format html writes a page`);
  saying(`  code ${SHOP}                                          # with the extension, above each call`);
}
