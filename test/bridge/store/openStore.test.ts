import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { FIRST } from '../support/testStore.ts';

const sqlite = await loadSqlite();
const FILE = '.querylens/evidence.db';

function filled(root: string, statements: number): void {
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  const tallies = createTallies();
  for (let at = 0; at < statements; at++)
    tallies.execution({ ...FIRST, text: `select ${at} ${'x'.repeat(300)}` }, 0, 1, 1);
  opened.store.write(tallies.take(), null);
  opened.store.close();
}

test('without the native module nothing is made, and the reason is told', (context) => {
  const root = projectFolder(context, {});
  const opened = openStore({ kind: 'unavailable', reason: 'needs Node 22 or newer, this is 20.1.0' }, root);
  assert.deepEqual(opened, {
    kind: 'refused',
    reason: 'measurements cannot be kept: SQLite needs Node 22 or newer, this is 20.1.0',
  });
  assert.ok(!existsSync(join(root, '.querylens')));
});

test('a .gitignore that is there stays as it is', (context) => {
  const root = projectFolder(context, { '.querylens/.gitignore': 'evidence.db*\n' });
  filled(root, 1);
  assert.equal(readFileSync(join(root, '.querylens/.gitignore'), 'utf8'), 'evidence.db*\n');
});

test('a store is the same when it is opened again', (context) => {
  const root = projectFolder(context, {});
  filled(root, 3);
  filled(root, 3);
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  assert.deepEqual(
    opened.store.tallies().map(({ count }) => count),
    [2, 2, 2],
  );
  opened.store.close();
});

test('a full disk loses one batch whole, and what was kept stays', (context) => {
  const root = projectFolder(context, {});
  filled(root, 3);
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open');
  const { store } = opened;
  const pages = Number(store.database.pragma('page_count', { simple: true }));
  store.database.pragma(`max_page_count = ${pages + 2}`);
  const tallies = createTallies();
  for (let at = 0; at < 500; at++) tallies.execution({ ...FIRST, text: `more ${at} ${'x'.repeat(300)}` }, 0, 1, 1);
  const to = { position: 9, tail: '', countedBeyond: 0 };
  const read = { from: null, head: Buffer.from('a log'), to };
  assert.throws(() => store.write(tallies.take(), read), { code: 'SQLITE_FULL' });
  assert.equal(store.tallies().length, 3);
  assert.equal(store.progress(Buffer.from('a log')), null);
  store.close();
});

for (const [name, damage] of [
  ['is another file', () => Buffer.from('hello, world, '.repeat(2000))],
  ['has pages of something else', (bytes: Buffer) => bytes.fill(0x41, 4096 * 3, 4096 * 40)],
  ['was cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
] as const) {
  test(`a store that ${name} is kept beside a new one`, (context) => {
    const root = projectFolder(context, {});
    filled(root, 2000);
    const damaged = damage(readFileSync(join(root, FILE)));
    writeFileSync(join(root, FILE), damaged);
    const opened = openStore(sqlite, root);
    assert.ok(opened.kind === 'open' && opened.setAside !== null);
    assert.deepEqual(opened.store.tallies(), []);
    opened.store.close();
    assert.deepEqual(readFileSync(opened.setAside), damaged);
    const again = openStore(sqlite, root);
    assert.ok(again.kind === 'open' && again.setAside === null);
    again.store.close();
    assert.equal(readdirSync(join(root, '.querylens')).filter((each) => each.includes('damaged')).length, 1);
  });
}
