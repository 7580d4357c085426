import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ingestFile } from '#bridge/ingest/ingestFile.ts';
import type { Source } from '#bridge/source.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import { countStatements, executionsIn } from '../support/countStatements.ts';
import { testStore } from '../support/testStore.ts';

/** What a place is known by lies within so many bytes whatever a source says, so logs of 100 KB are enough to begin in the middle. */
const NEAR: Source = { ...postgresText, context: 0 };

function entry(number: number): string {
  const lines =
    number % 7 === 0
      ? `SELECT ${number},\n\t  ${number}\n\tFROM "x"`
      : `SELECT ${number} /* ${'-'.repeat(number % 50)} */`;
  return `2026-01-01 10:00:00 UTC [${number % 3}] LOG:  duration: 1.5 ms  statement: ${lines}\n`;
}

function entries(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => entry(from + index)).join('');
}

function logIn(context: TestContext, text: string): string {
  const path = join(projectFolder(context, {}), 'db.log');
  writeFileSync(path, text);
  return path;
}

async function ingest(store: EvidenceStore, path: string, source: Source = NEAR) {
  let read = 0;
  const means = {
    ...{
      store,
      sourceOf: () => source,
      count: countStatements,
      unreadable: () => undefined,
      cutOff: () => undefined,
    },
    onProgress: (_: number, lines: number) => {
      read = lines;
    },
  };
  return { ended: await ingestFile(path, means), read };
}

/** Each of so many statements once. */
function once(count: number): readonly (readonly [string, number])[] {
  return executionsOf(entries(0, count));
}

function executionsOf(log: string): readonly (readonly [string, number])[] {
  const statements = log.split(/^2026.*?statement: /m).slice(1);
  return statements.map((text) => [text.trim().replaceAll('\n\t', '\n'), 1] as const).sort(byText);
}

function byText([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}

test('a log that grew is read from where it was left, whatever it ended in', async (context) => {
  const store = await testStore(context);
  const text = entries(0, 4000);
  const path = logIn(context, '');
  const random = seededRandom(3);
  let end = 0;
  while (end < text.length) {
    const next = Math.min(text.length, end + 1 + random.below(60_000));
    appendFileSync(path, text.slice(end, next));
    end = next;
    await ingest(store, path);
  }
  const counted = executionsIn(store);
  const total = counted.reduce((sum, [, count]) => sum + count, 0);
  assert.equal(total, 4000);
  // A statement that was cut counts as far as it was there.
  const whole = new Set(once(4000).map(([text]) => text));
  assert.ok(counted.filter(([text]) => whole.has(text)).length > 3980);
});

test('what was read before is not read again', async (context) => {
  const store = await testStore(context);
  const path = logIn(context, entries(0, 20_000));
  assert.equal((await ingest(store, path)).ended, 'counted');
  appendFileSync(path, entries(20_000, 20_010));
  const { ended, read } = await ingest(store, path);
  assert.equal(ended, 'counted');
  assert.ok(read < 2000, `${read} lines read`);
  assert.deepEqual([...executionsIn(store)].sort(byText), once(20_010));
  assert.equal((await ingest(store, path)).ended, 'known');
});

test('another text that begins alike counts too, wherever it differs', async (context) => {
  const store = await testStore(context);
  await ingest(store, logIn(context, entries(0, 4000)));
  const other = logIn(context, entries(0, 1000) + entries(5000, 9000));
  assert.equal((await ingest(store, other)).ended, 'counted');
  assert.equal((await ingest(store, other)).ended, 'known');
  assert.equal(new Map(executionsIn(store)).get(executionsOf(entry(8000))[0]?.[0] ?? ''), 1);
});

test('a place that is not found again from the middle is looked for from the beginning', async (context) => {
  const store = await testStore(context);
  const long = `\t${'x'.repeat(200_000)}\n`;
  const path = logIn(context, entries(0, 500) + long);
  await ingest(store, path);
  appendFileSync(path, entries(500, 510));
  assert.equal((await ingest(store, path)).ended, 'counted');
  assert.equal(
    executionsIn(store).reduce((sum, [, count]) => sum + count, 0),
    510,
  );
});

test('a log that was packed meanwhile is known', async (context) => {
  const store = await testStore(context);
  await ingest(store, logIn(context, entries(0, 3000)));
  const packed = logIn(context, '');
  writeFileSync(packed, gzipSync(entries(0, 3010)));
  assert.equal((await ingest(store, packed)).ended, 'counted');
  assert.deepEqual([...executionsIn(store)].sort(byText), once(3010));
});
