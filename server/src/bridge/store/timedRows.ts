import type { Database } from '../sqlite.ts';
import { keptBins } from './latencies.ts';
import { countingRows } from './measurementsOf.ts';
import type { TimedRow } from './periodSum.ts';
import type { Subject } from './tally.ts';

/** Executions of one query in one hour under one deploy. */
export interface SiteHour extends TimedRow {
  readonly site: string;
  readonly version: string;
  readonly part: Subject['part'];
  readonly match: Subject['match'];
  readonly snapshot: number;
  readonly hour: number;
  /** By its number, see `deployIds`; 0 where it is not known. */
  readonly deploy: number;
}

/**
 * Every execution that is known to be of a call and has a time, a call site at a time. The same ones may have been counted by the
 * application, which knows its deploy, and by its database, whose log does not: in one hour those count that are told by the surest.
 */
export function* timedRows(database: Database): Iterable<readonly SiteHour[]> {
  const rows = database.prepare<[], Omit<SiteHour, 'bins'> & { readonly latencies: string }>(
    `SELECT site, version, part, match, snapshot, hour, deploy, count, sum_ms, min_ms, max_ms, latencies FROM executions
     WHERE site <> '' AND part IN ('call', 'first') AND latencies <> '' ORDER BY site`,
  );
  let together: SiteHour[] = [];
  for (const row of rows.iterate()) {
    if (together[0] && together[0].site !== row.site) {
      yield counting(together);
      together = [];
    }
    together.push(Object.assign(row, { bins: keptBins(row.latencies) }));
  }
  if (together.length > 0) yield counting(together);
}

function counting(rows: readonly SiteHour[]): readonly SiteHour[] {
  const isOneSource = rows.every(({ part, match }) => part === rows[0]?.part && match === rows[0]?.match);
  if (isOneSource) return rows;
  return [...Map.groupBy(rows, ({ hour }) => hour).values()].flatMap((same) => countingRows(same));
}
