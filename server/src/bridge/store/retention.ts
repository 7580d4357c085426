import type { EvidenceStore } from './evidenceStore.ts';

/** How long and how much is kept. */
export interface Retention {
  readonly days: number;
  readonly bytes: number;
}

/** Long enough to see a whole release, small enough for a folder of the project. */
export const RETENTION: Retention = { days: 14, bytes: 256 * 1024 * 1024 };

const HOURS_A_DAY = 24;
const HOUR_MS = 3_600_000;

/**
 * Drops what is older than that, counted from the newest hour there is, so that the log of last month can be looked at; then the oldest
 * hours until the rest is small enough. Gives the number of executions dropped.
 */
export function retain(store: EvidenceStore, now: number, { days, bytes }: Retention = RETENTION): number {
  const { database } = store;
  const newest = database.prepare<[number], number | null>('SELECT max(hour) FROM executions WHERE hour <= ?').pluck();
  const last = newest.get(Math.floor(now / HOUR_MS)) ?? null;
  let dropped = last === null ? 0 : dropBefore(store, last - days * HOURS_A_DAY);
  while (usedBytes(store) > bytes) {
    const oldest = database.prepare<[], number | null>('SELECT min(hour) FROM executions').pluck().get() ?? null;
    const latest = database.prepare<[], number | null>('SELECT max(hour) FROM executions').pluck().get() ?? null;
    if (oldest === null || latest === null) break;
    dropped += dropBefore(store, oldest + Math.max(1, Math.ceil((latest - oldest) / 8)));
  }
  return dropped;
}

function dropBefore({ database }: EvidenceStore, hour: number): number {
  const drop = database.transaction(() => {
    const sum = database.prepare<[number], number | null>('SELECT sum(count) FROM executions WHERE hour < ?').pluck();
    const count = sum.get(hour) ?? 0;
    if (count === 0) return 0;
    database.prepare('DELETE FROM executions WHERE hour < ?').run(hour);
    database.exec('DELETE FROM shapes WHERE id NOT IN (SELECT shape FROM executions)');
    return count;
  });
  const dropped = drop.immediate();
  if (dropped > 0) database.pragma('incremental_vacuum');
  return dropped;
}

function usedBytes({ database }: EvidenceStore): number {
  const pragma = (name: string) => Number(database.pragma(name, { simple: true }));
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}
