import type { Finding } from '../../../shared/src/finding.ts';
import type { MeasurementDetail } from '../../../shared/src/measurement.ts';
import type { DeployChange, Periods } from '../../../shared/src/periods.ts';
import type { PerformanceReport, ReportedQuery, ReportedRoute } from '../../../shared/src/report.ts';

/** A report of so many queries, all different and most of them measured; routes and findings come with them. */
export function reportOf(count: number): PerformanceReport {
  const queries = Array.from({ length: count }, (_, index) => queryAt(index));
  const measured = queries.filter(({ measurement }) => measurement !== null);
  const routes = queries.filter((_, index) => index % 5 === 0).map(routeTo);
  const findings = queries.filter((_, index) => index % 2 === 0).map(findingAt);
  return {
    version: 1,
    overview: {
      queries: count,
      measured: measured.length,
      executions: measured.reduce((sum, { measurement }) => sum + (measurement?.calls ?? 0), 0),
      totalMs: measured.reduce((sum, { totalMs }) => sum + (totalMs ?? 0), 0),
      lastSeen: count === 0 ? null : HOUR,
      gone: { calls: count % 2, executions: count % 2 },
      routes: routes.length,
      findings: { error: 0, warning: findings.length, info: 0, hint: 0 },
    },
    ...{ queries, routes, findings, indexes: [], budgets: [] },
    periods: count === 0 ? null : PERIODS,
    coverage: { files: count, parsed: count, queryCalls: count, understood: count, unresolved: [] },
  };
}

const HOUR = Date.UTC(2026, 0, 1, 10);

const DETAIL: MeasurementDetail = {
  histogram: [1, 2, 4, 8].map((upToMs) => ({ upToMs, calls: 100 / upToMs })),
  trend: [0, 1, 2].map((hour) => ({ hour: HOUR + hour * 3_600_000, calls: 9, p95Ms: 5 + hour })),
  slowestPlan: null,
};

const FIGURES = { executions: 9, totalMs: 90, p95Ms: 20, maxMs: 30, slow: 1 };

/** Two weeks, with nights in which nothing runs, and three deploys. */
const PERIODS: Periods = {
  ...{ slowMs: 500, step: 'hour', whole: { ...FIGURES, buckets: [] } },
  points: Array.from({ length: 14 * 24 }, (_, hour) => ({
    ...{ ...FIGURES, from: HOUR + hour * 3_600_000 },
    ...{ executions: 900 + ((hour * 7919) % 401), p95Ms: hour < 200 ? 80 + (hour % 13) : 9 + (hour % 3) },
  })).filter((_, hour) => hour % 24 > 4),
  deploys: [
    { ...FIGURES, name: null, firstSeen: HOUR, lastSeen: HOUR, callsPerRequest: null },
    { ...FIGURES, name: 'v41', firstSeen: HOUR + 50 * 3_600_000, lastSeen: HOUR, callsPerRequest: 51 },
    { ...FIGURES, name: 'a1b2c3d4e5', firstSeen: HOUR + 200 * 3_600_000, lastSeen: HOUR, callsPerRequest: 2.5 },
  ],
};

const under = (deploy: string, calls: number, p95Ms: number) => ({ deploy, calls, meanMs: p95Ms / 2, p95Ms });
const CHANGE: DeployChange = {
  before: { ...under('v41', 1000, 412), perRequest: 51 },
  after: { ...under('a1b2c3d4e5', 1000, 9), perRequest: 2 },
};

function queryAt(index: number): ReportedQuery {
  const calls = 1 + ((index * 7919) % 100_003);
  const isMeasured = index % 10 !== 9;
  const p95Ms = ((index * 104_729) % 50_021) / 100;
  const figures = { calls, meanMs: 2, maxMs: p95Ms * 2, p50Ms: 1, p95Ms, p99Ms: p95Ms, perRequest: 1 + (index % 40) };
  return {
    id: `q${index}`,
    name: `Model${index % 50}.findMany`,
    symbol: `Service${index}.list`,
    file: `packages/part-${index % 97}/src/features/service${index}.ts`,
    line: 1 + (index % 900),
    column: 3,
    routes: [`GET /api/part-${index % 97}/things`],
    measurement: isMeasured ? { ...figures, match: 'exact', perHour: calls, lastSeen: HOUR } : null,
    totalMs: isMeasured ? calls * 2 : null,
    former: null,
    findings: [],
    ...(index % 7 === 0 ? { change: CHANGE } : {}),
    ...(index < 50 && isMeasured ? { detail: DETAIL } : {}),
  };
}

function routeTo({ id, name, file, line, column, routes }: ReportedQuery): ReportedRoute {
  const place = { file, line, column };
  const term = { query: id, name, conditional: false, cached: false, ...place };
  return {
    ...place,
    name: routes[0] ?? '',
    formula: '1 + N',
    letters: [{ letter: 'N', of: 'ids', most: null, ...place }],
    terms: [
      { ...term, times: '1', via: [] },
      { ...term, times: 'N', via: [{ name: 'each', ...place }] },
    ],
    measured: null,
  };
}

function findingAt({ id, file, line, column }: ReportedQuery): Finding {
  return {
    ...{ id: `f${id}`, rule: 'n-plus-one', severity: 'warning', proof: 'schema', file, line, column },
    ...{
      endLine: line,
      endColumn: column + 1,
      message: 'Runs once per element of `ids`.',
      model: null,
      operation: null,
    },
    ...{ columns: [], related: [], fixes: [], measurement: null, docs: '' },
  };
}
