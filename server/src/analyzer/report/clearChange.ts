import type { DeployChange, QueryUnderDeploy, RouteUnderDeploy } from '#shared/periods.ts';
import type { MeasuredSettings } from '#shared/settings.ts';

/** What decides whether figures are clearly others. */
export type ChangeLimits = Pick<MeasuredSettings, 'minSamples' | 'harmlessMs'>;

/** Twice as much or half as much: far beyond what the same code varies by from one day to the next. */
const CLEAR = 2;

/**
 * Holds the newest deploy under which a query ran often enough against the one before; null where there are none, or their figures are alike.
 * What is harmless before and after did not change in a way that matters.
 */
export function clearChange(under: readonly QueryUnderDeploy[], limits: ChangeLimits): DeployChange | null {
  const [before, after] = under.filter(({ calls }) => calls >= limits.minSamples).slice(-2);
  if (!before || !after) return null;
  const isSlower = differs(before.p95Ms, after.p95Ms) && Math.max(before.p95Ms, after.p95Ms) > limits.harmlessMs;
  const [often, oftenNow] = [before.perRequest, after.perRequest];
  const isRepeated = often !== null && oftenNow !== null && differs(often, oftenNow);
  return isSlower || isRepeated ? { before, after } : null;
}

/** The same of a route, by how often its requests ask the database. */
export function clearRouteChange(
  under: readonly RouteUnderDeploy[],
  { minSamples }: ChangeLimits,
): DeployChange<RouteUnderDeploy> | null {
  const often = under.filter(({ requests, callsPerRequest }) => requests * callsPerRequest >= minSamples);
  const [before, after] = often.slice(-2);
  return before && after && differs(before.callsPerRequest, after.callsPerRequest) ? { before, after } : null;
}

function differs(before: number, after: number): boolean {
  return Math.max(before, after) >= CLEAR * Math.min(before, after);
}
