import { describeSite } from '#graph/describe.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Measurement } from '#shared/measurement.ts';
import { callsText, perRequestText } from '#words/measurementText.ts';
import { compactCount, msText } from '#words/quantities.ts';
import { shareOf, type Verdict } from './verdict.ts';

/** The figure by which a finding became louder or quieter, as the end of its message; `site` where it is not that of the finding itself. */
export function verdictText(verdict: Verdict, measurement: Measurement, site: QuerySite | null): string {
  const whose = site === null ? '' : ` of \`${describeSite(site)}\``;
  return `Measured${whose}: ${figureText(verdict, measurement)}${verdict.kind === 'harmless' ? ', so only a hint' : ''}.`;
}

function figureText({ kind, by }: Verdict, measurement: Measurement): string {
  switch (by) {
    case 'repeats':
      return repeatsText(measurement, kind === 'hot');
    case 'share':
      return shareText(measurement);
    case 'latency':
      return latencyText(measurement, kind === 'hot');
  }
}

function repeatsText(measurement: Measurement, isHot: boolean): string {
  const { meanMs, perRequest } = measurement;
  const each = `${perRequestText(perRequest ?? 1)} per request of ${msText(meanMs)} each`;
  const together = isHot ? `, ${msText((perRequest ?? 1) * meanMs)} together,` : '';
  return `${each}${together} over ${roundedCalls(measurement)}`;
}

function shareText(measurement: Measurement): string {
  const { perHour, meanMs } = measurement;
  const share = `${Math.round(shareOf(measurement) * 100)} %`;
  return `${compactCount(perHour)} calls/h of ${msText(meanMs)} take ${share} of a connection's time`;
}

function latencyText(measurement: Measurement, isHot: boolean): string {
  const { p95Ms, meanMs, maxMs } = measurement;
  const over = `over ${roundedCalls(measurement)}`;
  if (p95Ms === null) return `mean ${msText(meanMs)}, at most ${msText(maxMs)} ${over}`;
  return `p95 ${msText(p95Ms)}${isHot ? `, mean ${msText(meanMs)}` : ''} ${over}`;
}

/** Rounded, so that what is counted meanwhile does not change every message. */
function roundedCalls({ calls }: Measurement): string {
  return calls < 1000 ? callsText(calls) : `${compactCount(calls)} calls`;
}
