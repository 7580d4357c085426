import type { Database } from '../sqlite.ts';
import { latenciesOf } from './latencies.ts';
import { countingRows } from './measurementsOf.ts';
import type { Subject } from './tally.ts';

/** The most executions of one hour that took longer, those of no known call among them; null where no times were counted. */
export function slowInAnHour(database: Database, overMs: number): number | null {
  const timed = database.prepare<[], number>("SELECT 1 FROM executions WHERE latencies <> '' LIMIT 1").pluck().get();
  if (timed === undefined) return null;
  const rows = database
    .prepare<[number], Row>(
      "SELECT site, part, match, snapshot, hour, latencies FROM executions WHERE max_ms > ? AND latencies <> ''",
    )
    .all(overMs);
  const bySite = [...Map.groupBy(rows, ({ site }) => site)];
  // The same call may have been counted by the application and by its database.
  const counted = bySite.flatMap(([site, of]) => (site === '' ? of : countingRows(of)));
  const hours = [...Map.groupBy(counted, ({ hour }) => hour).values()];
  return Math.max(
    0,
    ...hours.map((of) => of.reduce((sum, { latencies }) => sum + latenciesOf(latencies).longerThan(overMs), 0)),
  );
}

interface Row {
  readonly site: string;
  readonly part: Subject['part'];
  readonly match: Subject['match'];
  readonly snapshot: number;
  readonly hour: number;
  readonly latencies: string;
}
