import { proofTable, prove } from './proof.ts';
import { fillShop } from './runShop.ts';
import { startMariadb } from './servers/mariadbWithLogs.ts';
import { startPostgres } from './servers/postgresWithLogs.ts';

// How right attribution is, by logs of a real run: node test/bridge/proof/report.ts [postgresql] [mysql]
const asked = process.argv.slice(2);

for (const [name, start] of [
  ['postgresql', startPostgres],
  ['mysql', startMariadb],
] as const) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const server = await start();
  if (server === null) {
    console.log(`${name}: not installed`);
    continue;
  }
  const shop = await fillShop(async () => server);
  try {
    for (const probe of [false, true])
      console.log(`${name}, ${probe ? 'with' : 'without'} the probe\n\n${proofTable(await prove(shop, probe))}\n`);
  } finally {
    await shop.close();
  }
}
