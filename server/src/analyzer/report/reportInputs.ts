import type { Budgets } from '#shared/budgets.ts';
import type { Formers, MeasurementDetail, Measurements } from '#shared/measurement.ts';
import type { MeasuredPeriods } from '#shared/periods.ts';
import type { RatioFigures, RouteFigures } from '#shared/routeFigures.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ChangeLimits } from './clearChange.ts';

/** What a report is made of: an analysis, and what was measured. */
export interface ReportInputs {
  readonly snapshot: Pick<Snapshot, 'graph' | 'findings' | 'coverage'>;
  readonly measurements: Measurements;
  /** What the executions of each took together, in milliseconds. */
  readonly totals: ReadonlyMap<string, number>;
  readonly formers: Formers;
  /** For whoever looks closely at one call; absent where nobody will. */
  readonly detail?: (site: string) => MeasurementDetail | null;
  /** Null where nothing was measured. */
  readonly periods: MeasuredPeriods | null;
  /** From how many executions and by how much figures are clearly others. */
  readonly limits: ChangeLimits;
  readonly budgets: Budgets;
  readonly ratios: readonly RatioFigures[];
  /** The most executions of one hour that took longer than so many milliseconds; null where nothing was measured. */
  readonly slowInAnHour: (overMs: number) => number | null;
  readonly routes: readonly RouteFigures[];
}
