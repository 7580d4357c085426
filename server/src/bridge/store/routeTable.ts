import { HOUR_MS } from '#shared/hour.ts';
import type { RatioSample, RouteSample } from '../sample.ts';
import type { Database } from '../sqlite.ts';
import { hashOf } from './progress.ts';

/** Different routes that are kept: a name that holds a number after all fills no disk. */
const MOST_ROUTES = 2000;

/** Counts what applications tell of their routes since they were started; to be called inside a transaction. */
export function countingRoutes(database: Database): (routes: readonly RouteSample[]) => void {
  const last = database.prepare<[string, string], Counters>(
    'SELECT at, requests, total_ms AS totalMs, failed FROM route_counters WHERE route = ? AND process = ?',
  );
  const known = database.prepare<[], number>('SELECT count(DISTINCT route) FROM route_counters').pluck();
  const keep = database.prepare('INSERT OR REPLACE INTO route_counters VALUES (?, ?, ?, ?, ?, ?)');
  const add = database.prepare(
    `INSERT INTO routes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, requests = requests + excluded.requests, total_ms = total_ms + excluded.total_ms,
       failed = CASE WHEN excluded.failed IS NULL THEN failed ELSE coalesce(failed, 0) + excluded.failed END,
       p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms, p99_ms = excluded.p99_ms, max_ms = excluded.max_ms`,
  );
  return (routes) => {
    for (const { route, process: told = '', at, ...now } of routes) {
      // What it is called is of no use to anybody.
      const process = hashOf(Buffer.from(told));
      const before = last.get(route, process);
      if (at === null || (before && at < before.at)) continue;
      if (!before && (known.get() ?? 0) >= MOST_ROUTES) continue;
      const { requests, totalMs, failed } = since(before, now);
      keep.run(route, process, at, now.requests, now.totalMs, now.failed);
      if (requests > 0)
        add.run(
          ...[route, Math.floor(at / HOUR_MS), at, requests, totalMs, failed],
          ...[now.p50Ms, now.p95Ms, now.p99Ms, now.maxMs],
        );
    }
  };
}

interface Counters {
  readonly at: number;
  readonly requests: number;
  readonly totalMs: number;
  readonly failed: number | null;
}

/** What was counted since; all of it where the process was started anew, which its counters tell by being smaller. */
function since(before: Counters | undefined, now: Omit<Counters, 'at'>): Omit<Counters, 'at'> {
  if (!before || now.requests < before.requests || now.totalMs < before.totalMs) return now;
  return {
    requests: now.requests - before.requests,
    totalMs: now.totalMs - before.totalMs,
    failed: now.failed === null ? null : Math.max(0, now.failed - (before.failed ?? 0)),
  };
}

/** Keeps the last value of each hour; to be called inside a transaction. */
export function countingRatios(database: Database): (ratios: readonly RatioSample[]) => void {
  const put = database.prepare(
    `INSERT INTO ratios VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, value = excluded.value WHERE excluded.at >= at`,
  );
  return (ratios) => {
    for (const { of, at, value } of ratios) if (at !== null) put.run(of, Math.floor(at / HOUR_MS), at, value);
  };
}
