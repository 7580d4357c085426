import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';

describe('SQLite', () => {
  test('loads the native module of this platform', async () => {
    const sqlite = await loadSqlite();
    assert.ok(sqlite.kind === 'available');
    const database = sqlite.open(':memory:');
    assert.deepEqual(database.prepare('select sqlite_version() as version').get(), { version: sqlite.version });
    database.close();
  });

  test('is not even loaded by a Node it would crash', async () => {
    assert.deepEqual(await loadSqlite('20.19.4'), {
      kind: 'unavailable',
      reason: 'needs Node 22 or newer, this is 20.19.4',
    });
  });
});
