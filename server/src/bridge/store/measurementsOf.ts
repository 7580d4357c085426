import type { MatchLevel, Measurement } from '#shared/measurement.ts';
import type { EvidenceStore, KeptTally } from './evidenceStore.ts';
import { latenciesOf } from './latencies.ts';

/**
 * What is known of call sites, by their ids. Of what the application measured itself, of what its database logged and of what it added up
 * the first that there is counts, for they tell of the same calls. The time is that of the whole call in the first case, else of the
 * statement it begins with.
 */
export function measurementsOf(store: EvidenceStore, sites: readonly string[]): ReadonlyMap<string, Measurement> {
  const bySite = Map.groupBy(store.tallies(sites), ({ subject }) => subject.site ?? '');
  const measured = new Map<string, Measurement>();
  for (const [site, tallies] of bySite) {
    const measurement = measurementOf(tallies);
    if (measurement) measured.set(site, measurement);
  }
  return measured;
}

type Choice = (tally: KeptTally) => boolean;

const CHOICES: readonly Choice[] = [
  ({ subject }) => subject.part === 'call' && subject.match === 'exact',
  ({ subject }) => subject.part === 'first',
  ({ subject }) => subject.part === 'totals',
  ({ subject }) => subject.part === 'call' && subject.match === 'label',
];

/** The surest first. */
const LEVELS: readonly MatchLevel[] = ['exact', 'shape', 'label', 'model'];

/** What counts of all that was counted for one call. */
export function countingTallies(tallies: readonly KeptTally[]): readonly KeptTally[] {
  const chosen = CHOICES.map((choice) => tallies.filter(choice)).find((some) => some.length > 0) ?? [];
  const newest = Math.max(...chosen.map(({ snapshot }) => snapshot));
  return chosen.filter(({ snapshot }) => snapshot === newest);
}

/** Of one call; null where none of its executions counts. */
export function measurementOf(tallies: readonly KeptTally[]): Measurement | null {
  const counted = countingTallies(tallies);
  const calls = sum(counted.map(({ count }) => count));
  if (!(calls > 0)) return null;
  const meanMs = rounded(sum(counted.map(({ sumMs }) => sumMs)) / calls);
  const latencies = latenciesOf(...counted.map((tally) => tally.latencies));
  const minMs = Math.min(...counted.map((tally) => tally.minMs));
  const maxMs = Math.max(...counted.map((tally) => tally.maxMs));
  const percentile = (percent: number) => {
    const ms = latencies.percentile(percent);
    return Number.isNaN(ms) ? null : rounded(Math.min(Math.max(ms, minMs), maxMs));
  };
  const [p50Ms, p95Ms, p99Ms] = [percentile(50), percentile(95), percentile(99)];
  const match = LEVELS.findLast((level) => counted.some(({ subject }) => subject.match === level)) ?? 'model';
  const requests = sum(counted.map((tally) => tally.requests));
  const perRequest = requests > 0 ? rounded(sum(counted.map(({ requested }) => requested)) / requests) : null;
  const hours = counted.map(({ hour }) => hour);
  const lastHour = Math.max(...hours);
  const perHour = rounded(calls / (lastHour - Math.min(...hours) + 1));
  const lastSeen = lastHour * HOUR_MS;
  return { match, calls, meanMs, maxMs: rounded(maxMs), p50Ms, p95Ms, p99Ms, perRequest, perHour, lastSeen };
}

const HOUR_MS = 3_600_000;

/** To the microsecond. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
