import type { ReportInputs } from '#analyzer/report/reportInputs.ts';

/** Of a project that promises nothing. */
export const NO_BUDGETS: Pick<ReportInputs, 'budgets' | 'ratios' | 'slowInAnHour'> = {
  budgets: { routes: {}, queries: {}, slowQueries: null, cacheHitRatio: null, errorRatio: null },
  ratios: [],
  slowInAnHour: () => null,
};
