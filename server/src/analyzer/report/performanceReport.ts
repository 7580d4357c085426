import { SEVERITIES } from '#shared/finding.ts';
import type { MeasuredPeriods, Periods } from '#shared/periods.ts';
import type { PerformanceReport, ReportedQuery, ReportOverview } from '#shared/report.ts';
import { checkBudgets } from '../budgets/checkBudgets.ts';
import { reportedIndexes } from './reportedIndexes.ts';
import { reportedQueries, toMicroseconds } from './reportedQueries.ts';
import { reportedRoutes } from './reportedRoutes.ts';
import type { ReportInputs } from './reportInputs.ts';

/** Puts together what is known of the project; the same inputs give the same report. */
export function performanceReport(inputs: ReportInputs): PerformanceReport {
  const { findings, coverage } = inputs.snapshot;
  const queries = reportedQueries(inputs);
  const routes = reportedRoutes(inputs);
  return {
    version: 1,
    overview: {
      ...overviewOf(queries, inputs.totals),
      gone: goneOf(inputs),
      routes: routes.length,
      findings: countsOf(findings),
    },
    ...{ queries, routes, findings, coverage },
    indexes: reportedIndexes(findings, queries),
    budgets: checkBudgets(inputs.budgets, { ...inputs, routes, queries }),
    periods: inputs.periods && periodsOf(inputs.periods),
  };
}

function overviewOf(
  queries: readonly ReportedQuery[],
  totals: ReportInputs['totals'],
): Omit<ReportOverview, 'gone' | 'routes' | 'findings'> {
  const measured = queries.flatMap(({ measurement }) => measurement ?? []);
  return {
    queries: queries.length,
    measured: measured.length,
    executions: measured.reduce((sum, { calls }) => sum + calls, 0),
    totalMs: toMicroseconds(queries.reduce((sum, { id }) => sum + (totals.get(id) ?? 0), 0)),
    lastSeen: measured.length > 0 ? Math.max(...measured.map(({ lastSeen }) => lastSeen)) : null,
  };
}

function periodsOf({ queries: _, routes: __, ...periods }: MeasuredPeriods): Periods {
  return periods;
}

function goneOf({ snapshot: { graph }, measurements }: ReportInputs): ReportOverview['gone'] {
  const there = new Set(graph.sites.map(({ id }) => id));
  const gone = [...measurements].filter(([id]) => !there.has(id));
  return { calls: gone.length, executions: gone.reduce((sum, [, { calls }]) => sum + calls, 0) };
}

function countsOf(findings: PerformanceReport['findings']): ReportOverview['findings'] {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const severity of SEVERITIES) counts[severity] = findings.filter((each) => each.severity === severity).length;
  return counts;
}
