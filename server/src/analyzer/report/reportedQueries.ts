import { describeSite } from '#graph/describe.ts';
import { positionAt, queryPlace } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Location } from '#shared/location.ts';
import type { ReportedQuery, ReportPlace } from '#shared/report.ts';
import { routesReaching } from '../findingRoutes.ts';
import { clearChange } from './clearChange.ts';
import { guardsOf } from './guards.ts';
import type { ReportInputs } from './reportInputs.ts';

/** The queries of the application's own code, by place. */
export function reportedQueries(inputs: ReportInputs): readonly ReportedQuery[] {
  return detailed(plainQueries(inputs), inputs.detail ?? (() => null));
}

/** So many of those that take most time can be looked at closely. */
const DETAILED = 50;

function detailed(
  queries: readonly ReportedQuery[],
  detailOf: NonNullable<ReportInputs['detail']>,
): readonly ReportedQuery[] {
  const dearest = new Set(
    queries
      .filter(({ totalMs }) => totalMs !== null)
      .sort((a, b) => (b.totalMs ?? 0) - (a.totalMs ?? 0))
      .slice(0, DETAILED),
  );
  return queries.map((query) => {
    const detail = dearest.has(query) ? detailOf(query.id) : null;
    return detail ? { ...query, detail } : query;
  });
}

function plainQueries({
  snapshot,
  measurements,
  totals,
  formers,
  periods,
  limits,
}: ReportInputs): readonly ReportedQuery[] {
  const { graph, findings } = snapshot;
  const routesOf = routesReaching(graph, guardsOf(graph).namesOf);
  const findingsAt = Map.groupBy(findings, placeKey);
  return graph.sites
    .filter(({ file }) => graph.role(file) === 'app')
    .map((site) => {
      const place = placeOf(graph, queryPlace(site));
      const measurement = measurements.get(site.id) ?? null;
      const total = totals.get(site.id);
      const change = clearChange(periods?.queries.get(site.id) ?? [], limits);
      return {
        ...{ id: site.id, name: describeSite(site), symbol: site.function.fact.symbol, ...place },
        ...{
          routes: routesOf(site.function.id),
          measurement,
          totalMs: total === undefined ? null : toMicroseconds(total),
        },
        former: formers.get(site.id) ?? null,
        ...(change && { change }),
        findings: (findingsAt.get(placeKey(place)) ?? []).map(({ id }) => id),
      };
    });
}

/** As far as times are shown to programs, in milliseconds. */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** Of a site where it is shown in a report. */
export function sitePlace(graph: ProjectGraph, site: QuerySite): ReportPlace {
  return placeOf(graph, queryPlace(site));
}

/** The beginning of a place, as people count. */
export function placeOf(graph: ProjectGraph, { file, span }: Location): ReportPlace {
  return { file, ...positionAt(graph.files.get(file)?.lineStarts ?? [0], span.start) };
}

function placeKey({ file, line, column }: ReportPlace): string {
  return `${file}:${line}:${column}`;
}
