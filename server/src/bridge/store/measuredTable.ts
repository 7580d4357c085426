import type { Database } from '../sqlite.ts';
import { type Kept, type Key, puttingSums, SAME, sumOf } from './measuredSums.ts';
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

/** A tally and the snapshot it belongs to. */
export interface Counted {
  readonly tally: Tally;
  readonly snapshot: number;
}

/** Adds what was counted to the sums; to be called inside a transaction. */
export function addingMeasured(database: Database): (counted: readonly Counted[], revision: string | null) => void {
  const keptOf = database.prepare<Key, Kept>(`SELECT * FROM measured WHERE ${SAME}`);
  const put = puttingSums(database);
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
