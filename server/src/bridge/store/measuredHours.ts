import type { Database } from '../sqlite.ts';
import { type Amounts, type Kept, type Key, mergedLatencies, puttingSums, SAME, sumOf } from './measuredSums.ts';

/** Rows of which sums are kept, see `addingMeasured`. */
const SHOWN = "(site <> '' OR name <> '') AND part NOT LIKE 'further%'";

/** Makes the sums anew from the hours, as of a store that has none. */
export function measureAll(database: Database): void {
  database.exec('DELETE FROM measured');
  const put = puttingSums(database);
  const rows = database.prepare<[], ExecutionRow>(
    `SELECT site, version, name, match, part, snapshot, hour, count, sum_ms, min_ms, max_ms, latencies FROM executions
     WHERE ${SHOWN} ORDER BY site, version, name, match, part, snapshot`,
  );
  for (const together of runsOf(rows.all(), rowKeyText)) {
    const [first] = together;
    if (first) put(rowKey(first), sumOf(together.map(rowAsKept)), null, Date.now());
  }
}

interface ExecutionRow extends Omit<Kept, 'first_hour' | 'last_hour'> {
  readonly site: string;
  readonly version: string;
  readonly name: string;
  readonly match: string;
  readonly part: string;
  readonly snapshot: number;
  readonly hour: number;
}

function rowKey({ site, version, name, match, part, snapshot }: ExecutionRow): Key {
  return [site, version, name, match, part, snapshot];
}

function rowKeyText(row: ExecutionRow): string {
  return rowKey(row).join('\0');
}

function rowAsKept({ hour, ...row }: ExecutionRow): Kept {
  return { ...row, first_hour: hour, last_hour: hour };
}

function runsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows, keyOf).values()];
}

/** Takes out of the sums what was counted before an hour, which is about to be dropped; to be called inside a transaction, before that. */
export function removeMeasuredBefore(database: Database, hour: number): void {
  const dropped = database.prepare<[number], ExecutionRow>(
    `SELECT site, version, name, match, part, snapshot, 0 AS hour, 0 AS sum_ms, 0 AS min_ms, 0 AS max_ms, 0 AS count, latencies
     FROM executions WHERE hour < ? AND ${SHOWN}`,
  );
  const left = database.prepare<[...Key, number], Amounts>(
    `SELECT sum(count) AS count, sum(sum_ms) AS sum_ms, min(min_ms) AS min_ms, max(max_ms) AS max_ms,
       min(hour) AS first_hour, max(hour) AS last_hour
     FROM executions WHERE ${SAME} AND hour >= ? HAVING count(*) > 0`,
  );
  const keptOf = database.prepare<Key, Kept & { revision: string | null; counted_at: number }>(
    `SELECT * FROM measured WHERE ${SAME}`,
  );
  const remove = database.prepare(`DELETE FROM measured WHERE ${SAME}`);
  const put = puttingSums(database);
  for (const together of runsOf(dropped.all(hour), rowKeyText)) {
    const [first] = together;
    if (!first) continue;
    const key = rowKey(first);
    const [rest, kept] = [left.get(...key, hour), keptOf.get(...key)];
    if (!rest || !kept) {
      remove.run(...key);
      continue;
    }
    const latencies = mergedLatencies([kept.latencies]);
    for (const row of together) latencies?.remove(row.latencies);
    put(key, { ...rest, latencies }, kept.revision, kept.counted_at);
  }
}
