import type { Measurement } from '#shared/measurement.ts';

/** From where on a call is slow. */
export interface Limits {
  readonly p95Ms: number;
  readonly meanMs: number;
  readonly minSamples: number;
}

/** By which of its figures a call is slow: its p95, or its mean. */
export type Slowness = 'tail' | 'mean';

/** By which of its figures a call is slow; null where it is not, or where that is not known of this one call. */
export function slowness({ match, calls, meanMs, p95Ms }: Measurement, limits: Limits): Slowness | null {
  if (match === 'model' || calls < limits.minSamples) return null;
  if (p95Ms !== null && p95Ms >= limits.p95Ms) return 'tail';
  return meanMs >= limits.meanMs ? 'mean' : null;
}
