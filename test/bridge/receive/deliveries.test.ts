import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Delivery, deliveryOfLines, deliveryOfTraces } from '#bridge/receive/delivery.ts';
import type { StatementSample } from '#bridge/sample.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { jsonExport, type MadeSpan, OPERATION, QUERY, TRACE } from '../sources/support/otlpExport.ts';
import { testStore } from '../support/testStore.ts';
import { PROBED_CALL } from './support/probedCall.ts';
import { testDeliveries } from './support/testReceiver.ts';

const traces = (...spans: readonly MadeSpan[]): Delivery => {
  const delivery = deliveryOfTraces(Buffer.from(jsonExport(...spans)), 'json');
  assert.ok(delivery);
  return delivery;
};
const lines = (text: string): Delivery => {
  const delivery = deliveryOfLines(Buffer.from(text));
  assert.ok(delivery);
  return delivery;
};
const counted = (store: EvidenceStore) => store.tallies().reduce((sum, { count }) => sum + count, 0);
const held = (store: EvidenceStore) =>
  store.database.prepare<[], string>('SELECT statement FROM held_statements').pluck().all();

describe('what is delivered', () => {
  test('is in the store when it is answered', async (context) => {
    const store = await testStore(context);
    const { deliveries, told } = testDeliveries(store);
    const answers = [1, 2, 3].map((at) => deliveries.take(lines(`${JSON.stringify({ ...PROBED_CALL, at })}\n`)));
    for (const answer of answers) assert.equal(await answer, true);
    assert.deepEqual([counted(store), told.written], [3, 1]);
    await deliveries.close();
  });

  test('counts once, however often it is sent, and whoever receives it', async (context) => {
    const store = await testStore(context);
    const body = `${JSON.stringify(PROBED_CALL)}\n{"v":1,"lost":5}\nhello\n`;
    for (const _ of [1, 2]) {
      const { deliveries, told } = testDeliveries(store);
      assert.equal(await deliveries.take(lines(body)), true);
      assert.equal(await deliveries.take(lines(body)), true);
      assert.deepEqual([counted(store), told.lost <= 5, told.unreadable <= 1], [1, true, true]);
      await deliveries.close();
    }
  });

  test('is remembered as long as it may be sent again', async (context) => {
    const store = await testStore(context);
    let now = Date.now();
    const { deliveries } = testDeliveries(store, { now: () => now });
    const remembered = () => store.database.prepare('SELECT count(*) FROM deliveries').pluck().get();
    await deliveries.take(lines(JSON.stringify(PROBED_CALL)));
    now += 60_000;
    await deliveries.take(lines(JSON.stringify({ ...PROBED_CALL, at: 5 })));
    assert.equal(remembered(), 2);
    now += 100_000;
    await deliveries.take(lines(JSON.stringify({ ...PROBED_CALL, at: 6 })));
    assert.equal(remembered(), 2);
    await deliveries.close();
  });

  test('that cannot be written is not acknowledged, and counts once when it can', async (context) => {
    const store = await testStore(context);
    let full = true;
    const failing: EvidenceStore = {
      ...store,
      database: store.database,
      write: (...args: Parameters<EvidenceStore['write']>) => {
        if (full) throw new Error('database or disk is full');
        return store.write(...args);
      },
    };
    const { deliveries, told } = testDeliveries(failing);
    const [first, second] = [lines(JSON.stringify(PROBED_CALL)), lines(JSON.stringify({ ...PROBED_CALL, at: 5 }))];
    assert.equal(await deliveries.take(first), false);
    assert.equal(await deliveries.take(second), false);
    assert.deepEqual([counted(store), told.failed.length >= 2], [0, true]);
    full = false;
    assert.equal(await deliveries.take(first), true);
    assert.equal(await deliveries.take(second), true);
    assert.equal(counted(store), 2);
    await deliveries.close();
  });

  test('goes on after a sample that cannot be counted', async (context) => {
    const store = await testStore(context);
    const { deliveries, told } = testDeliveries(store, {
      count: () => {
        throw new Error('a bug');
      },
    });
    assert.equal(await deliveries.take(lines(JSON.stringify(PROBED_CALL))), true);
    assert.equal(told.unreadable, 1);
    await deliveries.close();
  });
});

describe('a statement', () => {
  test('waits for the call above it in a later delivery', async (context) => {
    const store = await testStore(context);
    const { deliveries, samples } = testDeliveries(store);
    await deliveries.take(traces(QUERY));
    assert.deepEqual([samples.length, counted(store), held(store).length], [0, 0, 1]);
    await deliveries.take(traces(OPERATION));
    const [sample] = samples as StatementSample[];
    assert.deepEqual(
      [sample?.caller?.operation, sample?.request, counted(store), held(store)],
      ['findMany', TRACE, 1, []],
    );
    await deliveries.close();
  });

  test('counts without a call once none can come any more, or nobody receives any longer', async (context) => {
    const store = await testStore(context);
    let now = Date.now();
    const { deliveries, samples } = testDeliveries(store, { now: () => now });
    await deliveries.take(traces(QUERY));
    now += 31_000;
    await deliveries.take(traces({ ...QUERY, id: 'aa' }));
    assert.deepEqual([samples.length, held(store).length], [1, 1]);
    await deliveries.close();
    assert.deepEqual([samples.length, held(store).length, counted(store)], [2, 0, 2]);
  });

  test('of a receiver that was killed counts when another has been there for a minute', async (context) => {
    const store = await testStore(context);
    let now = Date.now();
    const secret = 'canary-5f1c';
    const sql = `SELECT * FROM "User" WHERE "name" = '${secret}' /*note='${secret}',querylens='src/a.ts:3:5'*/`;
    const killed = testDeliveries(store, { now: () => now });
    await killed.deliveries.take(traces({ ...QUERY, attributes: { 'db.query.text': sql } }));
    const [kept = ''] = held(store);
    assert.equal(kept.includes(secret), false);
    const { deliveries, samples } = testDeliveries(store, { now: () => now });
    await deliveries.take(traces({ ...OPERATION, trace: 'other' }));
    assert.equal(samples.length, 0);
    now += 61_000;
    await deliveries.take(traces({ ...OPERATION, trace: 'another' }));
    const [sample] = samples as StatementSample[];
    assert.equal(sample?.sql, `select * from "User" where "name" = ? /*querylens='src/a.ts:3:5'*/`);
    assert.deepEqual([samples.length, sample?.ms, sample?.request, held(store)], [1, 2.5, TRACE, []]);
    await deliveries.close();
    assert.equal(counted(store), 1);
  });
});
