import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { seededRandom } from '#test/support/seededRandom.ts';

const sqlite = await loadSqlite();
const PROGRAMS = join(import.meta.dirname, '../support');
const STATEMENTS = 50;
const KILLS = 100;
/** As many processes are killed at once, each with a store of its own. */
const AT_ONCE = 2;
/** Of whoever follows a log: waiting takes longer than reading. */
const WATCH_KILLS = 10;

/** Entries of {@link STATEMENTS} statements in turn, each as often. */
function logWith(context: TestContext, rounds: number): { readonly root: string; readonly log: string } {
  const root = projectFolder(context, {});
  const log = join(root, 'db.log');
  writeFileSync(log, Array.from({ length: rounds * STATEMENTS }, (_, index) => entry(index)).join(''));
  return { root, log };
}

function entry(index: number): string {
  return `2026-01-01 10:00:00 UTC [7] LOG:  duration: 1.5 ms  statement: SELECT ${String(index % STATEMENTS).padStart(3, '0')}\n`;
}

interface Running {
  readonly child: ChildProcess;
  /** What it said last to be kept. */
  readonly acknowledged: () => number;
}

function start(program: 'ingestProcess' | 'watchProcess', root: string, log: string): Running {
  // Most of the time goes into reading programs.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'querylens-test-cache') };
  const args = [join(PROGRAMS, `${program}.ts`), root, log];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
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

/** Kills whoever ingests a log again and again, in the middle; gives how often. */
async function killAgainAndAgain(context: TestContext, kills: number, seed: number): Promise<number> {
  const random = seededRandom(seed);
  let killed = 0;
  while (killed < kills) {
    const { root, log } = logWith(context, 400);
    for (let done = false; !done && killed < kills; ) {
      const { child, acknowledged } = start('ingestProcess', root, log);
      const ended = once(child, 'close');
      await Promise.race([once(child.stdout ?? child, 'data'), ended]);
      const timer = setTimeout(() => child.kill('SIGKILL'), random.below(30));
      await ended;
      clearTimeout(timer);
      done = child.exitCode === 0;
      if (!done) killed += 1;
      assert.ok(total(root) >= acknowledged(), 'what was acknowledged is there');
    }
    await once(start('ingestProcess', root, log).child, 'close');
    assert.deepEqual(new Set(counts(root)), new Set([400]));
  }
  return killed;
}

test('killed at any moment, nothing acknowledged is lost and nothing counts twice', async (context) => {
  const each = Array.from({ length: AT_ONCE }, (_, index) => killAgainAndAgain(context, KILLS / AT_ONCE, index + 7));
  const killed = (await Promise.all(each)).reduce((sum, some) => sum + some, 0);
  context.diagnostic(`${killed} were killed`);
  assert.equal(killed, KILLS);
});

test('whoever follows a log may be killed at any moment as well', async (context) => {
  const random = seededRandom(5);
  const { root, log } = logWith(context, 0);
  let written = 0;
  const append = () => appendFileSync(log, entry(written++));
  append();
  for (let kill = 0; kill < WATCH_KILLS; kill++) {
    const { child, acknowledged } = start('watchProcess', root, log);
    const ended = once(child, 'close');
    const timer = setInterval(append, 5);
    await Promise.race([once(child.stdout ?? child, 'data'), ended]);
    await new Promise((resolve) => setTimeout(resolve, random.below(300)));
    child.kill('SIGKILL');
    await ended;
    clearInterval(timer);
    assert.ok(total(root) >= acknowledged(), 'what was acknowledged is there');
  }
  await once(start('ingestProcess', root, log).child, 'close');
  assert.equal(total(root), written);
});

test('processes that count the same log at once, and others, count each execution once', async (context) => {
  const { root, log } = logWith(context, 100);
  const other = join(root, 'other.log');
  writeFileSync(other, '2026-01-01 10:00:00 UTC [8] LOG:  duration: 1.5 ms  statement: SELECT 000\n'.repeat(500));
  const children = [log, log, other, other].map((each) => start('ingestProcess', root, each).child);
  await Promise.all(children.map((child) => once(child, 'close')));
  assert.deepEqual(
    children.map(({ exitCode }) => exitCode),
    [0, 0, 0, 0],
  );
  assert.equal(total(root), 100 * STATEMENTS + 500);
});
