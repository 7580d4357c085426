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
  const { perHour, meanMs, p95Ms, maxMs, perRequest } = measurement;
  const over = `over ${roundedCalls(measurement)}`;
  switch (by) {
    case 'repeats':
      return `${perRequestText(perRequest ?? 1)} per request of ${msText(meanMs)} each ${over}`;
    case 'share':
      return `${compactCount(perHour)} calls/h of ${msText(meanMs)} take ${percent(shareOf(measurement))} of a connection's time`;
    case 'latency':
      if (p95Ms === null) return `mean ${msText(meanMs)}, at most ${msText(maxMs)} ${over}`;
      return `p95 ${msText(p95Ms)}${kind === 'hot' ? `, mean ${msText(meanMs)}` : ''} ${over}`;
  }
}

/** Rounded, so that what is counted meanwhile does not change every message. */
function roundedCalls({ calls }: Measurement): string {
  return calls < 1000 ? callsText(calls) : `${compactCount(calls)} calls`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
