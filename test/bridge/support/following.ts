import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { ingestFile } from '#bridge/ingest/ingestFile.ts';
import type { Source } from '#bridge/source.ts';
import { sourceOf } from '#bridge/sources.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import { followLogs } from '#bridge/watch/followLogs.ts';
import { rotatedLogs } from '#bridge/watch/rotatedLogs.ts';
import { namedLogs } from '#cli/collecting/namedLogs.ts';
import { countStatements, executionsIn } from './countStatements.ts';

/** Logs that are followed in this process, until `stop`. */
export interface Followed {
  /** What was not understood: unreadable lines, unknown formats, logs that cannot be opened. */
  readonly told: readonly string[];
  stop(): Promise<void>;
}

export function follow(store: EvidenceStore, folder: string, names: readonly string[], source?: Source): Followed {
  const stopping = new AbortController();
  const named = names.map((name) => namedLogs(name, folder));
  const told: string[] = [];
  const means = {
    store,
    sourceOf: (head: string) => source ?? sourceOf(head),
    count: countStatements,
    unreadable: () => void told.push('unreadable'),
  };
  const ended = followLogs(
    {
      ...means,
      folders: named,
      logs: () => named.flatMap(({ files }) => files()),
      beforeReading: async () => undefined,
      reads: () => undefined,
      unknownFormat: (path) => void told.push(`unknown ${path.slice(dirname(path).length + 1)}`),
      unopened: (path, reason) => void told.push(`${path}: ${reason}`),
      catchUp: async (path) => {
        for (const rotated of await rotatedLogs(path, store.progress))
          await ingestFile(rotated, { ...means, cutOff: () => undefined });
      },
    },
    stopping.signal,
  );
  return {
    told,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** One statement as PostgreSQL logs it, as often as `numbers` say. */
export function entries(...numbers: readonly number[]): string {
  return numbers.map((number) => `${PREFIX}duration: 1.5 ms  statement: SELECT ${number}\n`).join('');
}

export const PREFIX = '2026-01-01 10:00:00 UTC [7] LOG:  ';

/** In milliseconds: a line is in the store long before. */
const PATIENCE_MS = 10_000;

/** Waits until these statements, and no others, were counted once each. */
export async function countedOnce(store: EvidenceStore, ...numbers: readonly number[]): Promise<void> {
  await counted(store, Object.fromEntries(numbers.map((number) => [`SELECT ${number}`, 1])));
}

/** Waits until exactly so much was counted. */
export async function counted(store: EvidenceStore, expected: Readonly<Record<string, number>>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  const now = () => Object.fromEntries(executionsIn(store));
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, each) => sum + each, 0);
  while (total(now()) < total(expected) && performance.now() < end) await pause(20);
  assert.deepEqual(now(), expected);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Longer than a record is waited for to be whole. */
export const LONG_PAUSE_MS = 700;
