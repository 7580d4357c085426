import type { PerformanceReport, ReportedQuery, ReportedRoute } from '#shared/report.ts';

/** The queries and routes worth looking at first, by what makes them so; each list without those of which nothing is known. */
export interface ReportLists {
  readonly byTotalTime: readonly MeasuredQuery[];
  readonly byP95: readonly MeasuredQuery[];
  readonly byCalls: readonly MeasuredQuery[];
  /** Those a request makes more than once. */
  readonly byPerRequest: readonly MeasuredQuery[];
  /** Those of which more is known than that they ask once: loops first, then measured queries per request. */
  readonly routes: readonly ReportedRoute[];
}

/** A query that was measured. */
export type MeasuredQuery = ReportedQuery & {
  readonly measurement: NonNullable<ReportedQuery['measurement']>;
  readonly totalMs: number;
};

/** Sorts what a report tells; ties stay in the order of places. */
export function reportLists({ queries, routes }: PerformanceReport): ReportLists {
  const measured = queries.filter(isMeasured);
  const by = (weight: (query: MeasuredQuery) => number | null) => heaviest(measured, weight);
  return {
    byTotalTime: by(({ totalMs }) => totalMs),
    byP95: by(({ measurement }) => measurement.p95Ms),
    byCalls: by(({ measurement }) => measurement.calls),
    byPerRequest: by(({ measurement: { perRequest } }) => (perRequest !== null && perRequest > 1 ? perRequest : null)),
    routes: heaviest(routes, routeWeight),
  };
}

function isMeasured(query: ReportedQuery): query is MeasuredQuery {
  return query.measurement !== null && query.totalMs !== null;
}

function heaviest<Item>(items: readonly Item[], weight: (item: Item) => number | null): readonly Item[] {
  return items
    .map((item) => ({ item, weight: weight(item) }))
    .filter((each): each is { item: Item; weight: number } => each.weight !== null)
    .sort((a, b) => b.weight - a.weight)
    .map(({ item }) => item);
}

/** A letter for a list weighs more than any number of single queries. */
const LIST = 1000;

function routeWeight({ terms, letters, measured }: ReportedRoute): number {
  const repeated = letters.length > 0 ? LIST * Math.max(...terms.map(depthOf)) : 0;
  return repeated + (measured?.queries?.callsPerRequest ?? terms.length);
}

function depthOf({ times }: ReportedRoute['terms'][number]): number {
  return times.split('·').filter((factor) => /^[A-Z]/.test(factor)).length;
}
