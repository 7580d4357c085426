import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { MeasuredBy } from '#rules/rule.ts';
import type { Finding } from '#shared/finding.ts';
import type { Figures, FormerMeasurement, Formers, Measurement, Measurements } from '#shared/measurement.ts';
import { isOnlyWay, type SpokenCalls } from './spokenCalls.ts';

/** A query a finding speaks of, with what is known of it. */
export interface SeenCall {
  readonly site: QuerySite;
  readonly measurement: Measurement | null;
  readonly former: FormerMeasurement | null;
  /** The finding stands at it. */
  readonly own: boolean;
  /** Its figures are those of the problem, so that they may take it back. */
  readonly certain: boolean;
}

/** What was seen of the queries a finding speaks of; empty where nothing was. */
export function seenCalls(
  finding: Finding,
  { own, sites }: SpokenCalls,
  problem: MeasuredBy | undefined,
  { graph, measurements, formers }: Seen,
): readonly SeenCall[] {
  if (sites.length === 0) return [];
  const seen = sites.map((site) => ({
    site,
    measurement: measurements.get(site.id) ?? null,
    former: formers.get(site.id) ?? null,
    own: site === own,
  }));
  if (seen.every(({ measurement, former }) => measurement === null && former === null)) return [];
  return seen.map((call) => ({ ...call, certain: call.own || isCertain(graph, call.site, finding, problem) }));
}

/** Whether two lists say the same. */
export function sameSeen(a: readonly SeenCall[], b: readonly SeenCall[]): boolean {
  return a.length === b.length && a.every((call, at) => sameCall(call, b[at]));
}

/** The one whose executions took most time together. */
export function dearest<Call extends { readonly measurement: Measurement | null }>(
  calls: readonly Call[],
): Call | null {
  return calls.reduce<Call | null>((best, call) => (totalMs(call) > totalMs(best) ? call : best), null);
}

interface Seen {
  readonly graph: ProjectGraph;
  readonly measurements: Measurements;
  readonly formers: Formers;
}

/** A relation read along, or a loop one way among several, is not what the figures of the call are about. */
function isCertain(graph: ProjectGraph, site: QuerySite, finding: Finding, problem: MeasuredBy | undefined): boolean {
  if (problem === 'repeats') return isOnlyWay(graph, site, finding);
  if (problem === 'waits') return true;
  return finding.model === (site.model?.name ?? null);
}

function sameCall(a: SeenCall, b: SeenCall | undefined): boolean {
  if (!b || a.site.id !== b.site.id || a.own !== b.own || a.certain !== b.certain) return false;
  return sameFigures(a.measurement, b.measurement) && sameFigures(a.former, b.former);
}

/** They are read anew while code is edited, and mostly say the same. */
function sameFigures<Figure extends Figures>(a: Figure | null, b: Figure | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  return Object.entries(a).every(([name, value]) => value === Reflect.get(b, name));
}

function totalMs(call: { readonly measurement: Measurement | null } | null): number {
  return call?.measurement ? call.measurement.calls * call.measurement.meanMs : -1;
}
