import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { seededRandom } from '#test/support/seededRandom.ts';

const sqlite = await loadSqlite();
const PROGRAM = join(import.meta.dirname, '../support/ingestProcess.ts');
const STATEMENTS = 50;
/** `KILLS=100` by hand. */
const KILLS = Number(process.env.KILLS ?? 24);

/** Entries of {@link STATEMENTS} statements in turn, each as often. */
function logWith(context: TestContext, rounds: number): { readonly root: string; readonly log: string } {
  const root = projectFolder(context, {});
  const log = join(root, 'db.log');
  const entry = (index: number) =>
    `2026-01-01 10:00:00 UTC [7] LOG:  duration: 1.5 ms  statement: SELECT ${String(index % STATEMENTS).padStart(3, '0')}\n`;
  writeFileSync(log, Array.from({ length: rounds * STATEMENTS }, (_, index) => entry(index)).join(''));
  return { root, log };
}

function start(root: string, log: string): { readonly child: ChildProcess; readonly acknowledged: () => number } {
  const child = spawn(process.execPath, [PROGRAM, root, log], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    last = Number(text.trimEnd().split('\n').at(-1));
  });
  return { child, acknowledged: () => last };
}

function counts(root: string): readonly number[] {
  const opened = openStore(sqlite, root);
  assert.ok(opened.kind === 'open' && opened.setAside === null);
  const counted = opened.store.tallies().map(({ count }) => count);
  opened.store.close();
  return counted;
}

function total(root: string): number {
  return counts(root).reduce((sum, each) => sum + each, 0);
}

test('killed at any moment, nothing acknowledged is lost and nothing counts twice', async (context) => {
  const random = seededRandom(7);
  let [killed, kills] = [0, 0];
  while (kills < KILLS) {
    const { root, log } = logWith(context, 400);
    for (let done = false; !done && kills < KILLS; kills++) {
      const { child, acknowledged } = start(root, log);
      const ended = once(child, 'close');
      await Promise.race([once(child.stdout ?? child, 'data'), ended]);
      const timer = setTimeout(() => child.kill('SIGKILL'), random.below(60));
      await ended;
      clearTimeout(timer);
      done = child.exitCode === 0;
      if (!done) killed += 1;
      assert.ok(total(root) >= acknowledged(), 'what was acknowledged is there');
    }
    const last = start(root, log);
    await once(last.child, 'close');
    assert.deepEqual(new Set(counts(root)), new Set([400]));
  }
  context.diagnostic(`${killed} of ${kills} runs were killed`);
  assert.ok(killed > 0);
});

test('processes that count the same log at once, and others, count each execution once', async (context) => {
  const { root, log } = logWith(context, 100);
  const other = join(root, 'other.log');
  writeFileSync(other, '2026-01-01 10:00:00 UTC [8] LOG:  duration: 1.5 ms  statement: SELECT 000\n'.repeat(500));
  const children = [log, log, other, other].map((each) => start(root, each).child);
  await Promise.all(children.map((child) => once(child, 'close')));
  assert.deepEqual(
    children.map(({ exitCode }) => exitCode),
    [0, 0, 0, 0],
  );
  assert.equal(total(root), 100 * STATEMENTS + 500);
});
