import type { Database } from '../sqlite.ts';
import { type Latencies, latenciesOf } from './latencies.ts';
import type { Subject, Tally } from './tally.ts';

/** Executions of one query at one call site over all hours that are kept, or of one name where no site is known. */
export interface Measured {
  /** Empty where no one call is known. */
  readonly site: string;
  /** Empty where it is not known. */
  readonly version: string;
  readonly name: string;
  readonly match: Subject['match'];
  readonly part: Subject['part'];
  readonly snapshot: number;
  readonly count: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** The percentiles are null where only totals are known. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Hours since 1970. */
  readonly firstHour: number;
  readonly lastHour: number;
  /** The commit that was checked out when it was counted last; null where that is not known. */
  readonly revision: string | null;
  /** When it was counted last. */
  readonly countedAt: number;
}

type Key = [site: string, version: string, name: string, match: string, part: string, snapshot: number];

/** A tally and the snapshot it belongs to. */
export interface Counted {
  readonly tally: Tally;
  readonly snapshot: number;
}

interface Kept extends Amounts {
  readonly latencies: string;
}

interface Summed extends Amounts {
  /** Null where only totals are known. */
  readonly latencies: Latencies | null;
}

interface Amounts {
  readonly count: number;
  readonly sum_ms: number;
  readonly min_ms: number;
  readonly max_ms: number;
  readonly first_hour: number;
  readonly last_hour: number;
}

const SAME = 'site = ? AND version = ? AND name = ? AND match = ? AND part = ? AND snapshot = ?';

/** Adds what was counted to the sums; to be called inside a transaction. */
export function addingMeasured(database: Database): (counted: readonly Counted[], revision: string | null) => void {
  const keptOf = database.prepare<Key, Kept>(`SELECT * FROM measured WHERE ${SAME}`);
  const put = putting(database);
  return (counted, revision) => {
    const known = counted.filter(({ tally: { subject } }) => isShown(subject));
    for (const together of Map.groupBy(known, keyText).values()) {
      const [first] = together;
      if (!first) continue;
      const key = keyOf(first);
      put(key, sumOf([...optional(keptOf.get(...key)), ...together.map(asKept)]), revision, Date.now());
    }
  };
}

/** What follows in a call is part of its time already where that is known, and nobody asks for it by itself. */
function isShown({ site, name, part }: Subject): boolean {
  return (site !== null || name !== '') && !part.startsWith('further');
}

/** The same of rows. */
const SHOWN = "(site <> '' OR name <> '') AND part NOT LIKE 'further%'";

function optional(kept: Kept | undefined): readonly Kept[] {
  return kept ? [kept] : [];
}

function keyOf({ tally: { subject }, snapshot }: Counted): Key {
  return [subject.site ?? '', subject.version ?? '', subject.name, subject.match, subject.part, snapshot];
}

function keyText(counted: Counted): string {
  return keyOf(counted).join('\0');
}

function asKept({ tally: { hour, count, sumMs, minMs, maxMs, latencies } }: Counted): Kept {
  const ms = { sum_ms: sumMs, min_ms: minMs, max_ms: maxMs };
  return { count, ...ms, first_hour: hour, last_hour: hour, latencies };
}

function sumOf(each: readonly Kept[]): Summed {
  const sum = (of: (kept: Kept) => number) => each.reduce((total, kept) => total + of(kept), 0);
  const least = (of: (kept: Kept) => number) => Math.min(...each.map(of));
  const most = (of: (kept: Kept) => number) => Math.max(...each.map(of));
  return {
    count: sum(({ count }) => count),
    sum_ms: sum(({ sum_ms }) => sum_ms),
    min_ms: least(({ min_ms }) => min_ms),
    max_ms: most(({ max_ms }) => max_ms),
    first_hour: least(({ first_hour }) => first_hour),
    last_hour: most(({ last_hour }) => last_hour),
    latencies: mergedLatencies(each.map(({ latencies }) => latencies)),
  };
}

/** Only totals are known of what has none. */
function mergedLatencies(texts: readonly string[]): Latencies | null {
  const known = texts.filter((text) => text !== '');
  return known.length === 0 ? null : latenciesOf(...known);
}

/** Percentiles are worked out once, by who counts, for they are read far more often. */
function putting(database: Database): (key: Key, sum: Summed, revision: string | null, at: number) => void {
  const put = database.prepare(
    `INSERT INTO measured VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = excluded.count, sum_ms = excluded.sum_ms, min_ms = excluded.min_ms, max_ms = excluded.max_ms,
       p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms, p99_ms = excluded.p99_ms, first_hour = excluded.first_hour,
       last_hour = excluded.last_hour, revision = excluded.revision, counted_at = excluded.counted_at, latencies = excluded.latencies`,
  );
  return (key, { latencies, count, sum_ms, min_ms, max_ms, first_hour, last_hour }, revision, at) => {
    const percentile = (percent: number): number | null => {
      const ms = latencies?.percentile(percent) ?? Number.NaN;
      return Number.isNaN(ms) ? null : Math.min(Math.max(ms, min_ms), max_ms);
    };
    const percentiles = [percentile(50), percentile(95), percentile(99)];
    put.run(
      ...[...key, count, sum_ms, min_ms, max_ms, ...percentiles],
      ...[first_hour, last_hour, revision, at, latencies?.text() ?? ''],
    );
  };
}

/** Makes the sums anew from the hours, as of a store that has none. */
export function measureAll(database: Database): void {
  database.exec('DELETE FROM measured');
  const put = putting(database);
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
  const put = putting(database);
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

/** All sums, without what only a merge of several needs. */
export function measuredRows(database: Database): readonly Measured[] {
  return database
    .prepare<[], Measured>(
      `SELECT site, version, name, match, part, snapshot, count, sum_ms AS sumMs, min_ms AS minMs, max_ms AS maxMs, p50_ms AS p50Ms,
         p95_ms AS p95Ms, p99_ms AS p99Ms, first_hour AS firstHour, last_hour AS lastHour, revision, counted_at AS countedAt
       FROM measured`,
    )
    .all();
}

/** How the times of a sum are spread, as `latenciesOf` reads it. */
export function latenciesOfMeasured(database: Database, row: Measured): string {
  const { site, version, name, match, part, snapshot } = row;
  const text = database.prepare<Key, string>(`SELECT latencies FROM measured WHERE ${SAME}`).pluck();
  return text.get(site, version, name, match, part, snapshot) ?? '';
}
