import { HOUR_MS } from '#shared/hour.ts';
import type { Database } from '../sqlite.ts';
import { dropDeploys } from './deployTable.ts';
import type { EvidenceStore } from './evidenceStore.ts';
import { removeMeasuredBefore } from './measuredHours.ts';
import { sumRequests } from './requestTable.ts';

/** How long and how much is kept. */
export interface Retention {
  readonly days: number;
  readonly bytes: number;
}

/** Long enough to see a whole release, small enough for a folder of the project. */
export const RETENTION: Retention = { days: 14, bytes: 256 * 1024 * 1024 };

const HOURS_A_DAY = 24;

/**
 * Drops what is older than that, by whole days, counted from the newest hour that is not in the future, so that the log of last month can be looked
 * at and a wrong clock drops nothing; then the oldest days until the rest is small enough. Gives the number of executions dropped.
 */
export function retain(store: EvidenceStore, now: number, { days, bytes }: Retention = RETENTION): number {
  const { database } = store;
  const newest = database.prepare<[number], number | null>('SELECT max(hour) FROM executions WHERE hour <= ?').pluck();
  const last = newest.get(Math.floor(now / HOUR_MS)) ?? null;
  let dropped = last === null ? 0 : dropBefore(database, beginOfDay(last - days * HOURS_A_DAY));
  while (usedBytes(database) > bytes) {
    const border = nextBorder(database);
    if (border === null) break;
    dropped += dropBefore(database, border);
  }
  return dropped;
}

function beginOfDay(hour: number): number {
  return Math.floor(hour / HOURS_A_DAY) * HOURS_A_DAY;
}

/** Behind an eighth of the hours that have anything in them, so that one far off does not keep or drop all the rest. */
function nextBorder(database: Database): number | null {
  const hours = database.prepare<[], number>('SELECT DISTINCT hour FROM executions ORDER BY hour').pluck().all();
  const border = hours[Math.max(1, Math.ceil(hours.length / 8))];
  const last = hours.at(-1);
  return border ?? (last === undefined ? null : last + 1);
}

const BY_HOUR = ['executions', 'routes', 'ratios'];

function dropBefore(database: Database, hour: number): number {
  const drop = database.transaction(() => {
    const sum = database.prepare<[number], number | null>('SELECT sum(count) FROM executions WHERE hour < ?').pluck();
    const count = sum.get(hour) ?? 0;
    if (count > 0) removeMeasuredBefore(database, hour);
    for (const table of BY_HOUR) database.prepare(`DELETE FROM ${table} WHERE hour < ?`).run(hour);
    const day = Math.floor(hour / HOURS_A_DAY);
    database.prepare('DELETE FROM route_requests WHERE day < ?').run(day);
    if (database.prepare('DELETE FROM site_requests WHERE day < ?').run(day).changes > 0) sumRequests(database);
    dropDeploys(database);
    if (count === 0) return 0;
    database.exec('DELETE FROM shapes WHERE id NOT IN (SELECT shape FROM executions)');
    database.exec('DELETE FROM plans WHERE (site, version) NOT IN (SELECT site, version FROM measured)');
    return count;
  });
  const dropped = drop.immediate();
  if (dropped > 0) database.pragma('incremental_vacuum');
  return dropped;
}

function usedBytes(database: Database): number {
  const pragma = (name: string) => Number(database.pragma(name, { simple: true }));
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}
