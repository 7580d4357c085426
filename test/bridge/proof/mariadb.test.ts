import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isKnown, proofTable, prove, shareRight, together } from './proof.ts';
import { fillShop } from './runShop.ts';
import { startMariadb } from './servers/mariadbWithLogs.ts';

/**
 * Of calls all of whose SQL follows from the code. Without `RETURNING`, writes look rows up with statements that many calls share, and the
 * log tells times in whole seconds, so that less is certain than from PostgreSQL's: mostly 91 %, now and then 78 %, where transactions cannot
 * be told.
 */
const LEAST_SHARE = 75;
/** Prisma runs a list of alike writes as one call, and they carry no tag where it cannot be told which of them it is. */
const LEAST_SHARE_TAGGED = 96;

const server = await startMariadb();

test('the shop on MariaDB', { skip: server === null && 'no MariaDB is installed' }, async (context) => {
  assert.ok(server);
  const shop = await fillShop(async () => server);
  after(() => shop.close());
  const plain = await prove(shop, false);
  const probed = await prove(shop, true);

  await context.test('without the probe, no execution is on another line', () => {
    const verdict = plain.verdicts.get('mysql-slow');
    assert.ok(verdict);
    assert.deepEqual([verdict.mistakes, verdict.strange, verdict.missing], [[], [], 0], proofTable(plain));
    const known = together(verdict, (place) => isKnown(plain.ran, place));
    assert.ok(shareRight(known) >= LEAST_SHARE, proofTable(plain));
  });

  await context.test("with the probe, none is, and all of the shop's are on their line", () => {
    const verdict = probed.verdicts.get('mysql-slow');
    assert.ok(verdict);
    assert.deepEqual([verdict.mistakes, verdict.strange, verdict.missing], [[], [], 0], proofTable(probed));
    assert.equal(shareRight(together(verdict, (place) => !place.includes('more.ts'))), 100, proofTable(probed));
    assert.ok(shareRight(together(verdict)) >= LEAST_SHARE_TAGGED, proofTable(probed));
  });
});
