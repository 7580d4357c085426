import { isComparable } from '#graph/queryFingerprint.ts';
import { HOUR_MS } from '#shared/hour.ts';
import type { Figures, FormerMeasurement, MatchLevel, Measurement } from '#shared/measurement.ts';
import { rounded, sum } from './arithmetic.ts';
import { latenciesOf } from './latencies.ts';
import type { Measured } from './measuredTable.ts';
import { perRequestOf, type SiteRequests } from './requestFigures.ts';

/** All that was counted of one call site. */
export interface SiteEvidence {
  readonly measured: readonly Measured[];
  readonly requests: readonly SiteRequests[];
  /** How the times of a sum are spread, as {@link latenciesOf} reads it: asked for where several have to be put together. */
  readonly latenciesOf: (measured: Measured) => string;
}

/** What is known of the query at a site as it is now; of all that ever stood there where its version is not known. */
export function measurementOf(evidence: SiteEvidence, version: string | null): Measurement | null {
  const present = ofVersions(evidence, (each) => isPresent(each, version));
  const counted = countingRows(present.measured);
  const figures = figuresOf(present, counted);
  if (figures === null) return null;
  const { lastHour, firstHour } = hoursOf(counted);
  const perHour = rounded(figures.calls / (lastHour - firstHour + 1));
  return { match: matchOf(counted), ...figures, perHour, lastSeen: lastHour * HOUR_MS };
}

/** What all executions of the query took that stands at a site now, in milliseconds; null where none is known. Not rounded, for it is added up, and not to be had from the mean, which is. */
export function totalMsOf(evidence: SiteEvidence, version: string | null): number | null {
  const { measured } = ofVersions(evidence, (each) => isPresent(each, version));
  const counted = countingRows(measured);
  return counted.length === 0 ? null : sum(counted.map(({ sumMs }) => sumMs));
}

/** What is known of the query that stood at a site before the one that stands there now; null where there was none. */
export function formerOf(evidence: SiteEvidence, version: string | null): FormerMeasurement | null {
  const others = evidence.measured.filter((row) => !isPresent(row.version, version));
  const newest = others.toSorted((a, b) => b.lastHour - a.lastHour || b.countedAt - a.countedAt)[0];
  if (version === null || !newest) return null;
  const former = ofVersions(evidence, (each) => each === newest.version);
  const counted = countingRows(former.measured);
  const figures = figuresOf(former, counted);
  if (figures === null) return null;
  const last = counted.toSorted((a, b) => b.countedAt - a.countedAt)[0];
  const { lastHour } = hoursOf(counted);
  return { match: matchOf(counted), ...figures, lastSeen: lastHour * HOUR_MS, commit: last?.revision ?? null };
}

/** Whether what was counted so counts for the query that stands there now: that too of which it cannot be told any more. */
export function isPresent(version: string, present: string | null): boolean {
  return present === null || version === present || version === '' || !isComparable(version, present);
}

function ofVersions(evidence: SiteEvidence, isWanted: (version: string) => boolean): SiteEvidence {
  return {
    ...evidence,
    measured: evidence.measured.filter(({ version }) => isWanted(version)),
    requests: evidence.requests.filter(({ version }) => isWanted(version)),
  };
}

/** What is said of an execution by whatever it is kept in. */
interface Source {
  readonly part: Measured['part'];
  readonly match: Measured['match'];
  readonly snapshot: number;
}

type Choice = (row: Source) => boolean;

const CHOICES: readonly Choice[] = [
  ({ part, match }) => part === 'call' && match === 'exact',
  ({ part }) => part === 'first',
  ({ part }) => part === 'totals',
  ({ part, match }) => part === 'call' && match === 'label',
];

/**
 * What counts of all that was counted for one call. Of what the application measured itself, of what its database logged and of what it
 * added up the first that there is counts, for they tell of the same calls. The time is that of the whole call in the first case, else of
 * the statement it begins with.
 */
export function countingRows<Row extends Source>(rows: readonly Row[]): readonly Row[] {
  const chosen = CHOICES.map((choice) => rows.filter(choice)).find((some) => some.length > 0) ?? [];
  const newest = Math.max(...chosen.map(({ snapshot }) => snapshot));
  return chosen.filter(({ snapshot }) => snapshot === newest);
}

function figuresOf({ requests, ...evidence }: SiteEvidence, counted: readonly Measured[]): Figures | null {
  const calls = sum(counted.map(({ count }) => count));
  if (!(calls > 0)) return null;
  const meanMs = rounded(sum(counted.map(({ sumMs }) => sumMs)) / calls);
  const maxMs = rounded(Math.max(...counted.map((row) => row.maxMs)));
  const parts = new Set<string>(counted.map(({ part }) => part));
  const perRequest = perRequestOf(requests.filter(({ part }) => parts.has(part)))?.mean ?? null;
  return { calls, meanMs, maxMs, ...percentilesOf(evidence.latenciesOf, counted), perRequest };
}

type Percentiles = Pick<Figures, 'p50Ms' | 'p95Ms' | 'p99Ms'>;

function percentilesOf(spread: SiteEvidence['latenciesOf'], counted: readonly Measured[]): Percentiles {
  const [only, ...others] = counted;
  if (only && others.length === 0)
    return { p50Ms: known(only.p50Ms), p95Ms: known(only.p95Ms), p99Ms: known(only.p99Ms) };
  const latencies = latenciesOf(...counted.map(spread));
  const least = Math.min(...counted.map(({ minMs }) => minMs));
  const most = Math.max(...counted.map(({ maxMs }) => maxMs));
  const percentile = (percent: number) => {
    const ms = latencies.percentile(percent);
    return known(Number.isNaN(ms) ? null : Math.min(Math.max(ms, least), most));
  };
  return { p50Ms: percentile(50), p95Ms: percentile(95), p99Ms: percentile(99) };
}

function known(ms: number | null): number | null {
  return ms === null ? null : rounded(ms);
}

/** The surest first. */
const LEVELS: readonly MatchLevel[] = ['exact', 'shape', 'label', 'model'];

function matchOf(counted: readonly Measured[]): MatchLevel {
  return LEVELS.findLast((level) => counted.some(({ match }) => match === level)) ?? 'model';
}

function hoursOf(counted: readonly Measured[]): Pick<Measured, 'firstHour' | 'lastHour'> {
  return {
    firstHour: Math.min(...counted.map(({ firstHour }) => firstHour)),
    lastHour: Math.max(...counted.map(({ lastHour }) => lastHour)),
  };
}
