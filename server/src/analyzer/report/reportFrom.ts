import type { Budgets } from '#shared/budgets.ts';
import type { Formers, MeasurementDetail, Measurements } from '#shared/measurement.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';
import type { Snapshot } from '../snapshot.ts';
import { performanceReport } from './performanceReport.ts';
import type { ReportInputs } from './reportInputs.ts';

/** Where what was measured can be asked for, of the queries as they are in a graph. */
export interface ReportEvidence {
  measurements(graph: Snapshot['graph']): Measurements;
  formers(graph: Snapshot['graph']): Formers;
  detail(site: string, graph: Snapshot['graph']): MeasurementDetail | null;
  routes(graph: Snapshot['graph']): readonly RouteFigures[];
  ratios(): ReportInputs['ratios'];
  slowInAnHour: ReportInputs['slowInAnHour'];
}

/** The report of an analysis, with all that was measured; null for code of which nothing was. */
export function reportFrom(
  snapshot: ReportInputs['snapshot'],
  budgets: Budgets,
  evidence: ReportEvidence | null,
): PerformanceReport {
  const { graph } = snapshot;
  return performanceReport({
    ...{ snapshot, budgets },
    measurements: evidence?.measurements(graph) ?? new Map(),
    formers: evidence?.formers(graph) ?? new Map(),
    detail: (site) => evidence?.detail(site, graph) ?? null,
    routes: evidence?.routes(graph) ?? [],
    ratios: evidence?.ratios() ?? [],
    slowInAnHour: (overMs) => evidence?.slowInAnHour(overMs) ?? null,
  });
}
