import type { Figures } from '#shared/measurement.ts';
import type { WholeFigures } from '#shared/periods.ts';
import type { PerformanceReport, ReportedRoute } from '#shared/report.ts';
import { type MetricFamily, type MetricSample, prometheusText, secondsOf } from '../prometheusText.ts';
import { type MeasuredQuery, reportLists } from './reportLists.ts';

/**
 * The report as a page of metrics. Of queries and routes there are as many as `rows`, those first that take most time or ask most, so that the number of
 * series has a bound; lines are no label, for every edit would make other series of them.
 */
export function reportPrometheus(report: PerformanceReport, rows: number): string {
  const { byTotalTime, routes } = reportLists(report);
  return prometheusText([
    ...wholeFamilies(report),
    ...queryFamilies(byTotalTime.slice(0, rows)),
    ...routeFamilies(routes.filter(({ measured }) => measured !== null).slice(0, rows)),
    ...findingFamilies(report),
  ]);
}

function wholeFamilies({ overview, periods }: PerformanceReport): readonly MetricFamily[] {
  const { queries, measured, lastSeen, gone } = overview;
  return [
    gauge('querylens_queries', 'Calls of Prisma in the code.', queries),
    gauge('querylens_measured_queries', 'Calls of Prisma of which something was measured.', measured),
    gauge('querylens_gone_executions', 'Executions of calls that are not in the code any more.', gone.executions),
    gauge(
      'querylens_last_seen_timestamp_seconds',
      'Beginning of the last hour in which a call ran.',
      lastSeen === null ? null : secondsOf(lastSeen),
    ),
    {
      ...{ name: 'querylens_duration_seconds', type: 'histogram' },
      help: 'How long the executions of all calls took, over the days that are kept.',
      samples: periods?.whole ? histogram(periods.whole) : [],
    },
  ];
}

function histogram({ buckets, executions, totalMs }: WholeFigures): readonly MetricSample[] {
  let below = 0;
  const filled = buckets.map(({ upToMs, calls }) => {
    below += calls;
    return { suffix: '_bucket', labels: { le: String(secondsOf(upToMs)) }, value: below };
  });
  return [
    ...filled,
    { suffix: '_bucket', labels: { le: '+Inf' }, value: executions },
    { suffix: '_sum', labels: {}, value: secondsOf(totalMs) },
    { suffix: '_count', labels: {}, value: executions },
  ];
}

function queryFamilies(queries: readonly MeasuredQuery[]): readonly MetricFamily[] {
  const labels = ({ id, name, file }: MeasuredQuery) => ({ query: name, file, id });
  return [
    {
      ...{ name: 'querylens_query_duration_seconds', type: 'summary' },
      help: 'How long the executions of a call took, over the days that are kept.',
      samples: queries.flatMap((query) =>
        summary(labels(query), query.measurement, query.measurement.calls, query.totalMs),
      ),
    },
    {
      ...{ name: 'querylens_query_executions_per_request', type: 'gauge' },
      help: 'How often one request makes a call, on average.',
      samples: queries.flatMap((query) => known(labels(query), query.measurement.perRequest)),
    },
  ];
}

function routeFamilies(routes: readonly ReportedRoute[]): readonly MetricFamily[] {
  const family = (name: string, help: string, figure: (measured: MeasuredRoute) => number | null): MetricFamily => ({
    ...{ name, type: 'gauge', help },
    samples: routes.flatMap(({ name: route, file, measured }) =>
      measured ? known({ route, file }, figure(measured)) : [],
    ),
  });
  const seconds = (ms: number | null | undefined) => (typeof ms === 'number' ? secondsOf(ms) : null);
  return [
    family(
      'querylens_route_queries_per_request',
      'Calls of Prisma in one request, on average.',
      ({ queries }) => queries?.callsPerRequest ?? null,
    ),
    family(
      'querylens_route_queries_max',
      'Calls of Prisma in one request, at most.',
      ({ queries }) => queries?.mostCalls ?? null,
    ),
    family(
      'querylens_route_duration_mean_seconds',
      'How long a request took on average, as the application says itself.',
      ({ answers }) => seconds(answers?.meanMs),
    ),
    family(
      'querylens_route_duration_p95_seconds',
      'The 95th percentile of what requests took, as the application said it last.',
      ({ answers }) => seconds(answers?.p95Ms),
    ),
  ];
}

type MeasuredRoute = NonNullable<ReportedRoute['measured']>;

function findingFamilies({ findings, budgets, coverage }: PerformanceReport): readonly MetricFamily[] {
  const alike = Map.groupBy(findings, ({ rule, severity }) => `${rule} ${severity}`);
  return [
    {
      ...{ name: 'querylens_findings', type: 'gauge' },
      help: 'Findings by rule and severity.',
      samples: [...alike.values()].flatMap((of) =>
        of.slice(0, 1).map(({ rule, severity }) => ({ labels: { rule, severity }, value: of.length })),
      ),
    },
    {
      ...{ name: 'querylens_budget_crossed', type: 'gauge' },
      help: '1 where a budget is crossed, 0 where it is held; budgets of which nothing is known are left out.',
      samples: budgets
        .filter(({ state }) => state !== 'unknown')
        .map(({ subject, measure, at, state }) => ({
          labels: { subject, measure, file: at?.file ?? '' },
          value: state === 'crossed' ? 1 : 0,
        })),
    },
    gauge('querylens_unresolved_calls', 'Calls of Prisma that were not understood.', coverage.unresolved.length),
  ];
}

function gauge(name: string, help: string, value: number | null): MetricFamily {
  return { name, type: 'gauge', help, samples: known({}, value) };
}

function known(labels: MetricSample['labels'], value: number | null): readonly MetricSample[] {
  return value === null ? [] : [{ labels, value }];
}

function summary(
  labels: MetricSample['labels'],
  { p50Ms, p95Ms, p99Ms }: Pick<Figures, 'p50Ms' | 'p95Ms' | 'p99Ms'>,
  count: number,
  totalMs: number,
): readonly MetricSample[] {
  const quantiles = Object.entries({ '0.5': p50Ms, '0.95': p95Ms, '0.99': p99Ms });
  return [
    ...quantiles.flatMap(([quantile, ms]) => (ms === null ? [] : known({ ...labels, quantile }, secondsOf(ms)))),
    { suffix: '_sum', labels, value: secondsOf(totalMs) },
    { suffix: '_count', labels, value: count },
  ];
}
