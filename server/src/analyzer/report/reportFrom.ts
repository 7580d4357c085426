import type { Formers, MeasurementDetail, Measurements } from '#shared/measurement.ts';
import type { MeasuredPeriods } from '#shared/periods.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';
import type { Settings } from '#shared/settings.ts';
import type { Snapshot } from '../snapshot.ts';
import { performanceReport } from './performanceReport.ts';
import type { ReportInputs } from './reportInputs.ts';

/** Where what was measured can be asked for, of the queries as they are in a graph. */
export interface ReportEvidence {
  measurements(graph: Snapshot['graph']): Measurements;
  totals(graph: Snapshot['graph']): ReadonlyMap<string, number>;
  formers(graph: Snapshot['graph']): Formers;
  detail(site: string, graph: Snapshot['graph']): MeasurementDetail | null;
  routes(graph: Snapshot['graph']): readonly RouteFigures[];
  /** From `slowMs` on an execution is a slow one. */
  periods(slowMs: number, graph: Snapshot['graph']): MeasuredPeriods | null;
  ratios(): ReportInputs['ratios'];
  slowInAnHour: ReportInputs['slowInAnHour'];
}

/** The report of an analysis, with all that was measured; null for code of which nothing was. */
export function reportFrom(
  snapshot: ReportInputs['snapshot'],
  { budgets, measured: limits }: Pick<Settings, 'budgets' | 'measured'>,
  evidence: ReportEvidence | null,
): PerformanceReport {
  const { graph } = snapshot;
  return performanceReport({
    ...{ snapshot, budgets, limits },
    measurements: evidence?.measurements(graph) ?? new Map(),
    totals: evidence?.totals(graph) ?? new Map(),
    formers: evidence?.formers(graph) ?? new Map(),
    detail: (site) => evidence?.detail(site, graph) ?? null,
    routes: evidence?.routes(graph) ?? [],
    periods: evidence?.periods(limits.slowMs, graph) ?? null,
    ratios: evidence?.ratios() ?? [],
    slowInAnHour: (overMs) => evidence?.slowInAnHour(overMs) ?? null,
  });
}
