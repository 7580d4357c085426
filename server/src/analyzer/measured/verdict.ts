import type { MeasuredBy } from '#rules/rule.ts';
import { HOUR_MS } from '#shared/hour.ts';
import type { Measurement } from '#shared/measurement.ts';
import type { MeasuredSettings } from '#shared/settings.ts';

/** What a measurement says of a problem, and by which of its figures. */
export interface Verdict {
  readonly kind: 'hot' | 'harmless';
  readonly by: 'latency' | 'repeats' | 'share';
}

/**
 * Whether the running system was seen to suffer from a problem, or not to; null where that is open. `certain`: the figures of the call are those of
 * the problem, so that they may take it back.
 */
export function verdictOn(
  problem: MeasuredBy,
  measurement: Measurement,
  thresholds: MeasuredSettings,
  certain: boolean,
): Verdict | null {
  if (measurement.match === 'model') return null;
  if (problem === 'repeats' && measurement.perRequest !== null)
    return onRepeats(measurement.perRequest, measurement, thresholds, certain);
  if (problem !== 'repeats' && !certain) return null;
  const harmless = problem !== 'repeats' && isQuick(measurement, thresholds);
  return dear(measurement, thresholds) ?? (harmless ? { kind: 'harmless', by: 'latency' } : null);
}

/** What the executions of a call take of one connection's time, 1 being all of it. */
export function shareOf({ perHour, meanMs }: Measurement): number {
  return (perHour * meanMs) / HOUR_MS;
}

function onRepeats(
  perRequest: number,
  measurement: Measurement,
  thresholds: MeasuredSettings,
  certain: boolean,
): Verdict | null {
  if (perRequest <= thresholds.harmlessPerRequest)
    return certain && mayBeHarmless(measurement, thresholds) ? { kind: 'harmless', by: 'repeats' } : null;
  const isLong = perRequest * measurement.meanMs >= thresholds.repeatedMs;
  if (isLong && measurement.calls >= thresholds.minSamples) return { kind: 'hot', by: 'repeats' };
  const harmless = certain && isQuick(measurement, thresholds);
  return dear(measurement, thresholds) ?? (harmless ? { kind: 'harmless', by: 'repeats' } : null);
}

/** Slow each time, or quick and so frequent that it adds up. Where only totals are known, a mean that is as long as the p95 may be. */
function dear(measurement: Measurement, { minSamples, slowMs, busyShare }: MeasuredSettings): Verdict | null {
  if (measurement.calls < minSamples) return null;
  if ((measurement.p95Ms ?? measurement.meanMs) >= slowMs) return { kind: 'hot', by: 'latency' };
  return shareOf(measurement) >= busyShare ? { kind: 'hot', by: 'share' } : null;
}

/** Where only totals are known, the slowest of all. */
function isQuick(measurement: Measurement, thresholds: MeasuredSettings): boolean {
  const { p95Ms, maxMs, perRequest } = measurement;
  const together = (p95Ms ?? maxMs) * Math.max(1, perRequest ?? 1);
  return mayBeHarmless(measurement, thresholds) && together <= thresholds.harmlessMs;
}

/** What stands under a label may be answered by a cache before the call is made. */
function mayBeHarmless({ match, calls }: Measurement, { harmlessSamples }: MeasuredSettings): boolean {
  return (match === 'exact' || match === 'shape') && calls >= harmlessSamples;
}
