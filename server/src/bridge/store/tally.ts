import type { Dialect } from '#schema/sqlTokens.ts';
import type { MatchLevel } from '#shared/measurement.ts';
import { type Latencies, latenciesOf } from './latencies.ts';

/** Everything executions have in common that are counted together; it holds no value of the application. */
export interface Subject {
  /** `call` and `name` are what the application itself told of; the rest is canonical SQL. */
  readonly dialect: Dialect | 'call' | 'name';
  readonly text: string;
  /** Null where no one call is known. */
  readonly site: string | null;
  /** `Model.operation` where that is all that is known, else empty. */
  readonly name: string;
  readonly match: MatchLevel | 'ambiguous' | 'unmatched';
  readonly part: 'call' | 'first' | 'further' | 'totals' | 'further-totals';
}

/** Executions of one subject in one hour. */
export interface Tally {
  readonly subject: Subject;
  /** Hours since 1970. */
  readonly hour: number;
  readonly count: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** As {@link latenciesOf} reads it; empty where only totals are known. */
  readonly latencies: string;
  /** Executions of which the request is known. */
  readonly requested: number;
  /** How many requests they were made for; one that reaches over two transactions counts in both. */
  readonly requests: number;
}

/** Of many executions only what they add up to is known. */
export type Totals = Pick<Tally, 'count' | 'sumMs' | 'minMs' | 'maxMs'>;

/** Executions that are written together. */
export interface Tallies {
  /** `weight` of them alike; `request` tells those of one request. */
  execution(subject: Subject, at: number, ms: number, weight: number, request?: string | null): void;
  totals(subject: Subject, at: number, totals: Totals): void;
  readonly size: number;
  /** What came together; there is nothing then. */
  take(): readonly Tally[];
}

const HOUR_MS = 3_600_000;

export function createTallies(): Tallies {
  const open = new Map<string, OpenTally>();
  const at = (subject: Subject, time: number): OpenTally => {
    const hour = Math.floor(time / HOUR_MS);
    const key = [hour, ...Object.values(subject)].join('\0');
    const known = open.get(key) ?? emptyTally(subject, hour);
    open.set(key, known);
    return known;
  };
  return {
    execution: (subject, time, ms, weight, request = null) => {
      const tally = at(subject, time);
      tally.latencies ??= latenciesOf();
      tally.latencies.add(ms, weight);
      add(tally, { count: weight, sumMs: ms * weight, minMs: ms, maxMs: ms });
      // Of calls that stand for others those beside them are not seen.
      if (request === null || weight !== 1) return;
      tally.requested += 1;
      tally.seen.add(request);
    },
    totals: (subject, time, totals) => add(at(subject, time), totals),
    get size() {
      return open.size;
    },
    take: () => {
      const tallies = [...open.values()].map(({ seen, latencies, ...tally }) => {
        return { ...tally, latencies: latencies?.text() ?? '', requests: seen.size };
      });
      open.clear();
      return tallies;
    },
  };
}

interface OpenTally {
  readonly subject: Subject;
  readonly hour: number;
  count: number;
  sumMs: number;
  minMs: number;
  maxMs: number;
  requested: number;
  latencies: Latencies | null;
  readonly seen: Set<string>;
}

function emptyTally(subject: Subject, hour: number): OpenTally {
  const none = { count: 0, sumMs: 0, minMs: Number.POSITIVE_INFINITY, maxMs: 0, requested: 0, latencies: null };
  return { subject, hour, ...none, seen: new Set() };
}

function add(tally: OpenTally, more: Totals): void {
  tally.count += more.count;
  tally.sumMs += more.sumMs;
  tally.minMs = Math.min(tally.minMs, more.minMs);
  tally.maxMs = Math.max(tally.maxMs, more.maxMs);
}
