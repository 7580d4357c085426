import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ingestText } from '#bridge/ingest/ingestText.ts';
import type { Sample } from '#bridge/sample.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { openStore } from '#bridge/store/openStore.ts';
import type { Tallies } from '#bridge/store/tally.ts';
import { projectFolder } from '#test/support/projectFolder.ts';

const sqlite = await loadSqlite();

function storeFor(context: TestContext): EvidenceStore {
  const opened = openStore(sqlite, projectFolder(context, {}));
  assert.ok(opened.kind === 'open');
  context.after(() => opened.store.close());
  return opened.store;
}

/** Bytes in pieces of a size that cuts lines and characters. */
async function* pieces(text: string, size: number): AsyncIterable<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function count(sample: Sample, _: unknown, into: Tallies): void {
  assert.ok(sample.kind === 'statement');
  const subject = {
    dialect: 'postgresql',
    text: sample.sql,
    site: null,
    name: '',
    match: 'unmatched',
    part: 'first',
  } as const;
  into.execution(subject, sample.at ?? 0, sample.ms, 1);
}

async function ingest(store: EvidenceStore, text: string, anew = false, size = 777) {
  let unreadable = 0;
  const means = { store, sourceOf: () => postgresText, count, unreadable: () => unreadable++, anew };
  return { ended: await ingestText(pieces(text, size), means), unreadable };
}

/** How often each statement was counted. */
function counts(store: EvidenceStore): Readonly<Record<string, number>> {
  const all = new Map<string, number>();
  for (const { subject, count } of store.tallies()) all.set(subject.text, (all.get(subject.text) ?? 0) + count);
  return Object.fromEntries([...all].sort());
}

function entry(number: number, rest = ''): string {
  const second = String(number % 60).padStart(2, '0');
  return `2026-01-01 10:00:${second} UTC [7] LOG:  duration: ${number}.5 ms  statement: SELECT ${number}${rest}\n`;
}

function entries(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => entry(from + index)).join('');
}

function once(from: number, to: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Array.from({ length: to - from }, (_, index) => [`SELECT ${from + index}`, 1] as const).sort(),
  );
}

test('the same text counts once, in pieces of any size', async (context) => {
  const store = storeFor(context);
  const text = entries(0, 300);
  assert.equal((await ingest(store, text)).ended, 'counted');
  for (const size of [1, 100, 4096, 1_000_000]) assert.equal((await ingest(store, text, false, size)).ended, 'known');
  assert.deepEqual(counts(store), once(0, 300));
});

test('of a text that grew only what is new counts, wherever it ended before', async (context) => {
  const store = storeFor(context);
  const text = entries(0, 40);
  for (let end = 1; end <= text.length; end += 61) await ingest(store, text.slice(0, end));
  await ingest(store, text);
  const total = Object.values(counts(store)).reduce((sum, each) => sum + each, 0);
  assert.equal(total, 40);
});

test('a text that grew line by line counts like one read at once', async (context) => {
  const store = storeFor(context);
  const lines = [entry(1), entry(2, '\n\tFROM a'), entry(3), '\tFROM b\n', entry(4)];
  for (let end = 1; end <= lines.length; end++) await ingest(store, lines.slice(0, end).join(''));
  const found = Object.values(counts(store));
  assert.deepEqual(found, [1, 1, 1, 1]);
});

test('part of a text that was read says nothing new', async (context) => {
  const store = storeFor(context);
  await ingest(store, entries(0, 300));
  assert.equal((await ingest(store, entries(0, 200))).ended, 'known');
  assert.deepEqual(counts(store), once(0, 300));
});

test('a text that begins like another and goes on differently counts when it is read anew', async (context) => {
  const store = storeFor(context);
  await ingest(store, entries(0, 300));
  const other = entries(0, 100) + entries(1000, 1300);
  assert.equal((await ingest(store, other)).ended, 'other-text');
  assert.equal((await ingest(store, other, true)).ended, 'counted');
  assert.equal((await ingest(store, other)).ended, 'known');
  assert.equal(counts(store)['SELECT 1200'], 1);
});

test('whoever is overtaken writes nothing and is told', async (context) => {
  const store = storeFor(context);
  const text = entries(0, 300);
  const [half, whole] = [entries(0, 150), text];
  let done = false;
  const means = {
    store,
    sourceOf: () => postgresText,
    unreadable: () => undefined,
    count: (sample: Sample, source: unknown, into: Tallies) => count(sample, source, into),
  };
  async function* overtaken(): AsyncIterable<Buffer> {
    yield Buffer.from(whole.slice(0, 20_000));
    if (!done) await ingest(store, half);
    done = true;
    yield Buffer.from(whole.slice(20_000));
  }
  assert.equal(await ingestText(overtaken(), means), 'overtaken');
  assert.equal(await ingestText(overtaken(), means), 'counted');
  assert.deepEqual(counts(store), once(0, 300));
});

test('a line without end and bytes that are no text stop nothing', async (context) => {
  const store = storeFor(context);
  const long = `${'x'.repeat(17 * 1024 * 1024)}\n`;
  const { ended, unreadable } = await ingest(store, `${entry(1)}${long}\u0000\ufffd\n${entry(2)}`, false, 1 << 20);
  assert.deepEqual([ended, unreadable], ['counted', 1]);
  assert.deepEqual(Object.values(counts(store)), [1, 1]);
});

test('nothing and what nobody can read are said', async (context) => {
  const store = storeFor(context);
  assert.equal((await ingest(store, '')).ended, 'empty');
  const means = { store, sourceOf: () => null, count, unreadable: () => undefined };
  assert.equal(await ingestText(pieces('hello', 3), means), 'unknown-format');
});
