import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retain } from '#bridge/store/retention.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { FIRST, testStore } from '../support/testStore.ts';

const DAY_MS = 86_400_000;
const NOW = 1000 * DAY_MS;
const LARGE = 1e12;

test('what is older than so many days before the newest is dropped, with its shapes', async (context) => {
  const store = await testStore(context);
  const tallies = createTallies();
  for (let day = 0; day < 30; day++)
    tallies.execution({ ...FIRST, text: `select ${day}` }, NOW - (day + 50) * DAY_MS, 1, 1);
  store.write(tallies.take(), null);
  assert.equal(retain(store, NOW, { days: 14, bytes: LARGE }), 15);
  assert.equal(store.tallies().length, 15);
  assert.equal(store.database.prepare('SELECT count(*) FROM shapes').pluck().get(), 15);
  assert.equal(retain(store, NOW, { days: 14, bytes: LARGE }), 0);
});

test('a clock that is ahead drops nothing', async (context) => {
  const store = await testStore(context);
  const tallies = createTallies();
  tallies.execution(FIRST, NOW, 1, 1);
  tallies.execution(FIRST, NOW + 1000 * DAY_MS, 1, 1);
  store.write(tallies.take(), null);
  assert.equal(retain(store, NOW + DAY_MS, { days: 14, bytes: LARGE }), 0);
});

test('the oldest go first where there is too much, and the file becomes smaller', async (context) => {
  const store = await testStore(context);
  const tallies = createTallies();
  for (let hour = 0; hour < 3000; hour++) {
    tallies.execution({ ...FIRST, text: `select ${hour} ${'x'.repeat(500)}` }, NOW + hour * 3_600_000, 1, 1);
  }
  store.write(tallies.take(), null);
  const pages = () => Number(store.database.pragma('page_count', { simple: true }));
  const before = pages();
  const bytes = 1_000_000;
  assert.ok(retain(store, NOW + 3000 * 3_600_000, { days: 10_000, bytes }) > 0);
  assert.ok(pages() < before / 2, `${pages()} of ${before} pages`);
  assert.ok(pages() * 4096 <= bytes);
  const hours = store.tallies().map(({ hour }) => hour);
  assert.ok(hours.length > 0 && Math.max(...hours) === NOW / 3_600_000 + 2999);
});

test('an empty store is left alone', async (context) => {
  assert.equal(retain(await testStore(context), NOW), 0);
});
