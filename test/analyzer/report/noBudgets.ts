import type { ReportInputs } from '#analyzer/report/reportInputs.ts';

/** Of a project that promises nothing, and of which no deploys are known. */
export const NO_BUDGETS: Pick<ReportInputs, 'budgets' | 'ratios' | 'slowInAnHour' | 'periods' | 'limits'> = {
  periods: null,
  limits: { minSamples: 100, harmlessMs: 10 },
  budgets: { routes: {}, queries: {}, slowQueries: null, cacheHitRatio: null, errorRatio: null },
  ratios: [],
  slowInAnHour: () => null,
};
