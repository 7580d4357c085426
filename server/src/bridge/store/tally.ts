import type { Dialect } from '#schema/sqlTokens.ts';
import { HOUR_MS } from '#shared/hour.ts';
import type { MatchLevel } from '#shared/measurement.ts';
import type { RatioSample, RouteSample } from '../sample.ts';
import { type Latencies, latenciesOf } from './latencies.ts';
import { createRequestTallies, type RequestPart, type RequestTally } from './requestTally.ts';

/** Everything executions have in common that are counted together; it holds no value of the application. */
export interface Subject {
  /** `call` and `name` are what the application itself told of; the rest is canonical SQL. */
  readonly dialect: Dialect | 'call' | 'name';
  readonly text: string;
  /** Null where no one call is known. */
  readonly site: string | null;
  /** Fingerprint of the query that stood at the site when it was counted; missing where that is not known. */
  readonly version?: string;
  /** `Model.operation` where that is all that is known, else empty. */
  readonly name: string;
  readonly match: MatchLevel | 'ambiguous' | 'unmatched';
  readonly part: 'call' | 'first' | 'further' | 'totals' | 'further-totals';
  /** What was running, by the name of a deploy or a commit; missing where it is not known. */
  readonly deploy?: string;
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
}

/** A tally as it is kept. */
export interface KeptTally extends Tally {
  /** Tells snapshots of the database's counters apart, a later one having the greater number; 0 for what is no snapshot. */
  readonly snapshot: number;
}

/** Of many executions only what they add up to is known. */
export type Totals = Pick<Tally, 'count' | 'sumMs' | 'minMs' | 'maxMs'>;

/** How the database went about an execution, without values. */
export interface PlanTally {
  readonly site: string;
  readonly version: string;
  readonly ms: number;
  readonly at: number;
  readonly text: string;
}

/** What is written together. */
export interface Batch {
  readonly tallies: readonly Tally[];
  readonly requests: readonly RequestTally[];
  readonly plans: readonly PlanTally[];
  /** In the order in which they came. */
  readonly routes: readonly RouteSample[];
  readonly ratios: readonly RatioSample[];
}

/** Counts until it is written; times in milliseconds, points in time since 1970. */
export interface Tallies {
  /** `weight` of them alike; `request` is the one it was made for. */
  execution(subject: Subject, at: number, ms: number, weight: number, request?: RequestPart | null): void;
  totals(subject: Subject, at: number, totals: Totals): void;
  /** The slowest of a site is kept; `plan` is asked for its text, without values, only where it is that. */
  plan(subject: Subject, at: number, ms: number, plan: () => string | null): void;
  /** With a name that holds no value, and a time. */
  route(sample: RouteSample & { readonly at: number }): void;
  ratio(sample: RatioSample & { readonly at: number }): void;
  /** How much there is to write; it grows with what is told apart, not with what is counted. */
  readonly size: number;
  /** What came together; there is nothing then. */
  take(): Batch;
}

export function createTallies(): Tallies {
  const open = new Map<string, OpenTally>();
  const requests = createRequestTallies();
  const plans = new Map<string, PlanTally>();
  let [routes, ratios]: [RouteSample[], RatioSample[]] = [[], []];
  const at = (subject: Subject, time: number): OpenTally => {
    const hour = Math.floor(time / HOUR_MS);
    const { dialect, text, site, version, name, match, part, deploy } = subject;
    const key = `${hour}\0${dialect}\0${text}\0${site}\0${version}\0${name}\0${match}\0${part}\0${deploy}`;
    const known = open.get(key);
    if (known) return known;
    const tally = emptyTally(subject, hour);
    open.set(key, tally);
    return tally;
  };
  return {
    execution: (subject, time, ms, weight, request = null) => {
      const tally = at(subject, time);
      tally.latencies ??= latenciesOf();
      tally.latencies.add(ms, weight);
      add(tally, { count: weight, sumMs: ms * weight, minMs: ms, maxMs: ms });
      if (request !== null) requests.add(subject, time, ms, request);
    },
    totals: (subject, time, totals) => add(at(subject, time), totals),
    plan: ({ site, version = '' }, time, ms, plan) => {
      const key = `${site}\0${version}`;
      if (site === null || (plans.get(key)?.ms ?? -1) >= ms) return;
      const text = plan();
      if (text !== null) plans.set(key, { site, version, ms, at: time, text });
    },
    route: (sample) => routes.push(sample),
    ratio: (sample) => ratios.push(sample),
    get size() {
      return open.size + routes.length + ratios.length;
    },
    take: () => {
      const tallies = [...open.values()].map(({ latencies, ...tally }) => {
        return { ...tally, latencies: latencies?.text() ?? '' };
      });
      const batch = { tallies, requests: requests.take(), plans: [...plans.values()], routes, ratios };
      open.clear();
      plans.clear();
      [routes, ratios] = [[], []];
      return batch;
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
  latencies: Latencies | null;
}

function emptyTally(subject: Subject, hour: number): OpenTally {
  return { subject, hour, count: 0, sumMs: 0, minMs: Number.POSITIVE_INFINITY, maxMs: 0, latencies: null };
}

function add(tally: OpenTally, more: Totals): void {
  tally.count += more.count;
  tally.sumMs += more.sumMs;
  tally.minMs = Math.min(tally.minMs, more.minMs);
  tally.maxMs = Math.max(tally.maxMs, more.maxMs);
}
