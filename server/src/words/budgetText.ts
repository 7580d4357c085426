import type { BudgetMeasure, BudgetResult } from '#shared/budgets.ts';
import { msText } from './quantities.ts';

/** `GET /api/orders: p95 612 ms, at most 500 ms`. */
export function budgetText({ subject, measure, limit, value }: BudgetResult): string {
  const { name, show, least } = MEASURES[measure];
  const known = value === null ? 'not measured' : show(value);
  return `${subject}: ${name} ${known}, at ${least ? 'least' : 'most'} ${show(limit)}`;
}

interface MeasureWords {
  readonly name: string;
  readonly show: (value: number) => string;
  /** The limit bounds it from below. */
  readonly least?: true;
}

const whole = (value: number): string => String(Math.round(value * 10) / 10);
const percent = (value: number): string => `${whole(value * 100)} %`;

const MEASURES: Readonly<Record<BudgetMeasure, MeasureWords>> = {
  meanMs: { name: 'mean', show: msText },
  p95Ms: { name: 'p95', show: msText },
  p99Ms: { name: 'p99', show: msText },
  queries: { name: 'queries in one request', show: whole },
  perRequest: { name: 'executions in one request', show: whole },
  slowQueriesPerHour: { name: 'in one hour', show: whole },
  cacheHitRatio: { name: 'hits', show: percent, least: true },
  errorRatio: { name: 'errors', show: percent },
};
