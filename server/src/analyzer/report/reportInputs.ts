import type { Formers, Measurements } from '#shared/measurement.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';
import type { Snapshot } from '../snapshot.ts';

/** What a report is made of: an analysis, and what was measured. */
export interface ReportInputs {
  readonly snapshot: Pick<Snapshot, 'graph' | 'findings' | 'coverage'>;
  readonly measurements: Measurements;
  readonly formers: Formers;
  readonly routes: readonly RouteFigures[];
}
