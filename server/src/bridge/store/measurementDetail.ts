import { HOUR_MS } from '#shared/hour.ts';
import type { HourFigures, LatencyBin, MeasurementDetail } from '#shared/measurement.ts';
import { sum } from './arithmetic.ts';
import { keptBins, type Latencies, latenciesOf } from './latencies.ts';
import { countingRows } from './measurementsOf.ts';
import { periodSum, type TimedRow } from './periodSum.ts';
import { perRequestOf, type SiteRequests } from './requestFigures.ts';
import type { KeptTally } from './tally.ts';

/** What a close look at one query shows, from all its hours; null where none of them counts. */
export function detailOf(
  tallies: readonly KeptTally[],
  requests: readonly SiteRequests[],
  slowestPlan: MeasurementDetail['slowestPlan'],
): MeasurementDetail | null {
  const rows = tallies.map((tally) => ({
    part: tally.subject.part,
    match: tally.subject.match,
    snapshot: tally.snapshot,
    tally,
  }));
  const counted = countingRows(rows).map(({ tally }) => tally);
  if (counted.length === 0) return null;
  const latencies = latenciesOf(...counted.map((tally) => tally.latencies));
  const parts = new Set<string>(counted.map(({ subject }) => subject.part));
  const perRequest = perRequestOf(requests.filter(({ part }) => parts.has(part)));
  return { histogram: histogramOf(latencies), trend: trendOf(counted), slowestPlan, perRequest };
}

const MOST_HOURS = 48;

function trendOf(tallies: readonly KeptTally[]): readonly HourFigures[] {
  const hours = [...Map.groupBy(tallies, ({ hour }) => hour)].toSorted(([a], [b]) => a - b).slice(-MOST_HOURS);
  return hours.map(([hour, within]) => {
    const together = periodSum(within.map(timedRowOf));
    const calls = sum(within.map(({ count }) => count));
    const isTimed = within.some(({ latencies }) => latencies !== '');
    return { hour: hour * HOUR_MS, calls, p95Ms: isTimed ? together.p95Ms() : null };
  });
}

function timedRowOf({ count, sumMs, minMs, maxMs, latencies }: KeptTally): TimedRow {
  return { count, sum_ms: sumMs, min_ms: minMs, max_ms: maxMs, bins: keptBins(latencies) };
}

/** A person can tell apart some twenty bars. */
const MOST_BINS = 20;

/** Edges a person can read, 1, 2, 5, 10, 20, 50 …; fewer to a decade where the times lie far apart. */
export function histogramOf(latencies: Latencies): readonly LatencyBin[] {
  const bins = latencies.bins();
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last) return [];
  for (const steps of STEPS) {
    const edges = edgesBetween(first[0], last[0], steps);
    if (edges.length <= MOST_BINS) return filled(edges, bins);
  }
  return filled([last[0]], bins);
}

const STEPS: readonly (readonly number[])[] = [[1, 2, 5], [1, 3], [1]];
/** In milliseconds: what is quicker is all the same. */
const SHORTEST_EDGE = 0.01;

/** From the greatest below the shortest time to the least that is not below the longest. */
function edgesBetween(shortest: number, longest: number, steps: readonly number[]): readonly number[] {
  const edges: number[] = [];
  const decade = Math.floor(Math.log10(Math.max(shortest, SHORTEST_EDGE)));
  for (let power = decade; power < 20; power++) {
    for (const step of steps) {
      const edge = Number(`${step}e${power}`);
      if (edge >= shortest || edges.length > 0) edges.push(edge);
      if (edge >= longest && edge >= SHORTEST_EDGE) return edges;
    }
  }
  return edges;
}

function filled(edges: readonly number[], bins: readonly (readonly [number, number])[]): readonly LatencyBin[] {
  const calls = edges.map(() => 0);
  let at = 0;
  for (const [ms, weight] of bins) {
    while (at < edges.length - 1 && ms > (edges[at] ?? 0)) at += 1;
    calls[at] = (calls[at] ?? 0) + weight;
  }
  return edges.map((upToMs, index) => ({ upToMs, calls: calls[index] ?? 0 }));
}
