import type { Measurement } from '#shared/measurement.ts';

/** What was measured of a call, in one line without an end mark. */
export function measurementText({ match, calls, meanMs, p50Ms, p95Ms, perRequest }: Measurement): string {
  const spread =
    p50Ms === null || p95Ms === null
      ? `${time(meanMs)} on average`
      : `half within ${time(p50Ms)}, 95 % within ${time(p95Ms)}`;
  const repeated = perRequest !== null && perRequest > 1 ? `, ${perRequest.toFixed(1)} per request` : '';
  return `${calls.toLocaleString('en-US')} ${calls === 1 ? 'call' : 'calls'}, ${spread}${repeated} (${match})`;
}

function time(ms: number): string {
  return `${ms >= 10 ? Math.round(ms) : Number(ms.toPrecision(2))} ms`;
}
