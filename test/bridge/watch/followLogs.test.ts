import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { sourceOf } from '#bridge/sources.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import { fixture } from '../sources/support/fixture.ts';
import { read } from '../sources/support/read.ts';
import { executionsIn } from '../support/countStatements.ts';
import {
  counted,
  countedOnce,
  entries,
  type Followed,
  follow,
  LONG_PAUSE_MS,
  PREFIX,
  pause,
} from '../support/following.ts';
import { testStore } from '../support/testStore.ts';

interface Scene {
  readonly folder: string;
  readonly store: EvidenceStore;
  readonly path: (name: string) => string;
  /** Begins to follow; it ends with the test. */
  readonly follow: (...names: readonly string[]) => Followed;
}

async function scene(context: TestContext, files: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const followed: Followed[] = [];
  // Before the store is closed.
  context.after(() => Promise.all(followed.map(({ stop }) => stop())));
  const store = await testStore(context);
  const folder = projectFolder(context, files);
  return {
    ...{ folder, store, path: (name) => join(folder, name) },
    follow: (...names) => {
      const one = follow(store, folder, names);
      followed.push(one);
      return one;
    },
  };
}

describe('a log that is followed', { concurrency: 4 }, () => {
  test('is read as it grows, what it held before too', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1, 2) });
    follow('db.log');
    await countedOnce(store, 1, 2);
    appendFileSync(path('db.log'), entries(3));
    await countedOnce(store, 1, 2, 3);
  });

  test('is read up to the moment one stops', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
    const { stop } = follow('db.log');
    await countedOnce(store, 1);
    appendFileSync(path('db.log'), entries(2, 3));
    await stop();
    await countedOnce(store, 1, 2, 3);
  });

  test('need not be there yet, nor its folder', async (context) => {
    const { store, path, follow } = await scene(context);
    follow('logs/db.log');
    await pause(100);
    mkdirSync(path('logs'));
    writeFileSync(path('logs/db.log'), entries(1));
    await countedOnce(store, 1);
    appendFileSync(path('logs/db.log'), entries(2));
    await countedOnce(store, 1, 2);
  });

  test('may be renamed: the rest of it counts, and what takes its place', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
    follow('db.log');
    await countedOnce(store, 1);
    appendFileSync(path('db.log'), entries(2));
    renameSync(path('db.log'), path('db.log.1'));
    writeFileSync(path('db.log'), entries(10));
    // Whoever writes may not know yet.
    appendFileSync(path('db.log.1'), entries(3));
    await countedOnce(store, 1, 2, 3, 10);
    appendFileSync(path('db.log.1'), entries(4));
    appendFileSync(path('db.log'), entries(11));
    await countedOnce(store, 1, 2, 3, 4, 10, 11);
  });

  test('may be deleted and begun again', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
    follow('db.log');
    await countedOnce(store, 1);
    appendFileSync(path('db.log'), entries(2));
    rmSync(path('db.log'));
    await pause(50);
    writeFileSync(path('db.log'), entries(3));
    await countedOnce(store, 1, 2, 3);
  });

  test('may be cut', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1, 2, 3) });
    follow('db.log');
    await countedOnce(store, 1, 2, 3);
    writeFileSync(path('db.log'), entries(4));
    await countedOnce(store, 1, 2, 3, 4);
  });

  test('may be cut and grow beyond its size unseen', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
    follow('db.log');
    await countedOnce(store, 1);
    writeFileSync(path('db.log'), entries(2, 3, 4, 5));
    await countedOnce(store, 1, 2, 3, 4, 5);
  });

  test('may be copied and cut: what was written just before is in the copy', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
    follow('db.log');
    await countedOnce(store, 1);
    appendFileSync(path('db.log'), entries(2));
    copyFileSync(path('db.log'), path('db.log.1'));
    truncateSync(path('db.log'));
    appendFileSync(path('db.log'), entries(3));
    await countedOnce(store, 1, 2, 3);
  });

  test('may be written anew with what it held and more', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1, 2) });
    follow('db.log');
    await countedOnce(store, 1, 2);
    writeFileSync(path('db.log'), '');
    await pause(LONG_PAUSE_MS);
    writeFileSync(path('db.log'), entries(1, 2, 3));
    await countedOnce(store, 1, 2, 3);
  });

  test('may be rotated within a line: the record counts as far as it is there, the rest of it is unreadable', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
    const { told } = follow('db.log');
    await countedOnce(store, 1);
    appendFileSync(path('db.log'), entries(2).slice(0, -5));
    renameSync(path('db.log'), path('db.log.1'));
    writeFileSync(path('db.log'), entries(2).slice(-5) + entries(3));
    await counted(store, { SELE: 1, 'SELECT 1': 1, 'SELECT 3': 1 });
    assert.deepEqual(told, ['unreadable']);
  });

  test('may pause within a record of several lines', async (context) => {
    const row = (sql: string) =>
      `2026-01-01 10:00:00.000 UTC,"u","d",7,"h",a.1,1,"SELECT",2026-01-01 09:00:00 UTC,3/1,0,LOG,00000,"duration: 2.0 ms  statement: ${sql}",,,,,,,,,"","client backend",,0\n`;
    const { store, path, follow } = await scene(context, { 'db.csv': row('SELECT 1') });
    const { told } = follow('db.csv');
    await countedOnce(store, 1);
    const [first = '', second = ''] = row('SELECT 2\n,3').split('\n');
    appendFileSync(path('db.csv'), `${first}\n`);
    await pause(LONG_PAUSE_MS);
    appendFileSync(path('db.csv'), `${second}\n${row('SELECT 4')}`);
    await counted(store, { 'SELECT 1': 1, 'SELECT 2\n,3': 1, 'SELECT 4': 1 });
    assert.deepEqual(told, []);
  });

  test('may pause within a line', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
    follow('db.log');
    await countedOnce(store, 1);
    appendFileSync(path('db.log'), entries(2).slice(0, 30));
    await pause(LONG_PAUSE_MS);
    appendFileSync(path('db.log'), entries(2).slice(30));
    await countedOnce(store, 1, 2);
  });

  test('may begin with lines that tell no format', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': 'starting\n' });
    follow('db.log');
    await pause(100);
    appendFileSync(path('db.log'), entries(1));
    await countedOnce(store, 1);
  });

  test('may be one nobody can read, which is said once', async (context) => {
    const { store, path, follow } = await scene(context, { 'a.log': 'words\n'.repeat(4000), 'db.log': entries(1) });
    const { told } = follow('a.log', 'db.log');
    await countedOnce(store, 1);
    appendFileSync(path('a.log'), 'words\n');
    appendFileSync(path('db.log'), entries(2));
    await countedOnce(store, 1, 2);
    assert.deepEqual(told, ['unknown a.log']);
  });

  test('may be followed twice, and be counted by others meanwhile', async (context) => {
    const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
    follow('db.log');
    follow('db.log');
    for (let number = 2; number < 12; number++) {
      appendFileSync(path('db.log'), entries(number));
      await pause(number * 30);
    }
    await countedOnce(store, ...Array.from({ length: 11 }, (_, index) => index + 1));
    await pause(LONG_PAUSE_MS);
    await countedOnce(store, ...Array.from({ length: 11 }, (_, index) => index + 1));
  });
});

describe('of a folder or a glob', { concurrency: 4 }, () => {
  test('the newest log may be another one', async (context) => {
    const { store, path, follow } = await scene(context, {
      'log/postgresql-1.log': entries(1),
      'log/other.txt': entries(9),
    });
    follow('log/postgresql-*.log');
    await countedOnce(store, 1);
    writeFileSync(path('log/postgresql-2.log'), entries(2));
    await countedOnce(store, 1, 2);
    appendFileSync(path('log/postgresql-1.log'), entries(3));
    appendFileSync(path('log/postgresql-2.log'), entries(4));
    await countedOnce(store, 1, 2, 3, 4);
  });

  test('logs below count where the glob says so', async (context) => {
    const { store, path, follow } = await scene(context, { 'log/a/db.log': entries(1), 'log/b/db.txt': entries(9) });
    follow('log/**/*.log');
    await countedOnce(store, 1);
    mkdirSync(path('log/c'));
    writeFileSync(path('log/c/db.log'), entries(2));
    await countedOnce(store, 1, 2);
  });

  test('every log counts once, whatever it is renamed to', async (context) => {
    const { store, path, follow } = await scene(context, { 'log/db.log': entries(1) });
    follow('log');
    await countedOnce(store, 1);
    renameSync(path('log/db.log'), path('log/db.log.1'));
    writeFileSync(path('log/db.log'), entries(2));
    await countedOnce(store, 1, 2);
    await pause(LONG_PAUSE_MS);
    await countedOnce(store, 1, 2);
  });
});

describe('written in pieces, as much counts as read at once of', { concurrency: 4 }, () => {
  const PIECES = 12;
  for (const name of ['postgres.log', 'postgres.csv', 'postgres.json', 'mariadbSlow.log'])
    test(name, async (context) => {
      const text = fixture(name);
      const source = sourceOf(text);
      assert.ok(source);
      const { store, path, follow } = await scene(context);
      const { told, stop } = follow('some.log');
      const end = (piece: number) => Math.floor((piece * text.length) / PIECES);
      for (let piece = 0; piece < PIECES; piece++) {
        appendFileSync(path('some.log'), text.slice(end(piece), end(piece + 1)));
        await pause(50);
      }
      await pause(LONG_PAUSE_MS);
      await stop();
      const total = executionsIn(store).reduce((sum, [, count]) => sum + count, 0);
      assert.deepEqual([total, told], [read(source, text).samples.length, []]);
    });
});

const YESTERDAY = Date.now() / 1000 - 24 * 3600;

describe('a log that is followed again', { concurrency: 4 }, () => {
  /** Follows until the first statement is counted, stops, lets `meanwhile` happen and follows again. */
  const check = (name: string, meanwhile: (path: Scene['path']) => void, ...expected: readonly number[]): void => {
    test(name, async (context) => {
      const { store, path, follow } = await scene(context, { 'db.log': entries(1) });
      const first = follow('db.log');
      await countedOnce(store, 1);
      await first.stop();
      meanwhile(path);
      follow('db.log');
      await countedOnce(store, ...expected);
      await pause(LONG_PAUSE_MS);
      await countedOnce(store, ...expected);
    });
  };
  check('counts nothing twice', () => undefined, 1);
  check('counts what was added meanwhile', (path) => appendFileSync(path('db.log'), entries(2)), 1, 2);
  check(
    'counts the rest of what was rotated meanwhile',
    (path) => {
      appendFileSync(path('db.log'), entries(2));
      renameSync(path('db.log'), path('db.log.1'));
      writeFileSync(path('db.log'), entries(3));
    },
    ...[1, 2, 3],
  );
  check(
    'counts what was rotated twice and packed meanwhile',
    (path) => {
      writeFileSync(path('db.log.2.gz'), gzipSync(entries(1, 2)));
      utimesSync(path('db.log.2.gz'), YESTERDAY, YESTERDAY);
      writeFileSync(path('db.log.1'), entries(3, 4));
      writeFileSync(path('db.log'), entries(5));
    },
    ...[1, 2, 3, 4, 5],
  );
});

test('whatever happens to a log, each execution counts once', async (context) => {
  const { store, path, follow } = await scene(context, { 'db.log': '' });
  const random = seededRandom(11);
  let [next, rotations] = [0, 0];
  let followed = follow('db.log');
  const append = (): void => {
    const count = 1 + random.below(4);
    appendFileSync(path('db.log'), Array.from({ length: count }, () => record(next++)).join(''));
  };
  const all = () =>
    counted(store, Object.fromEntries(Array.from({ length: next }, (_, index) => [statement(index), 1])));
  const steps: readonly (() => void | Promise<void>)[] = [
    append,
    append,
    () => pause(random.below(400)),
    () => {
      renameSync(path('db.log'), path(`db.log.${++rotations}`));
      append();
    },
    () => {
      copyFileSync(path('db.log'), path(`db.log.${++rotations}`));
      truncateSync(path('db.log'));
    },
    async () => {
      await followed.stop();
      append();
      followed = follow('db.log');
    },
  ];
  append();
  await all();
  for (let step = 0; step < 60; step++) await steps[random.below(steps.length)]?.();
  append();
  await all();
});

function record(number: number): string {
  return `${PREFIX}duration: 1.5 ms  statement: ${statement(number).replaceAll('\n', '\n\t')}\n`;
}

function statement(number: number): string {
  return number % 3 === 0 ? `SELECT ${number}\n  FROM x` : `SELECT ${number}`;
}
