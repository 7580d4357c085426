import type { BudgetResult, Budgets, QueryBudget, RouteBudget } from '#shared/budgets.ts';
import type { ReportedQuery, ReportedRoute } from '#shared/report.ts';
import type { RatioFigures } from '#shared/routeFigures.ts';
import { budgetResult, matchBudgets } from './matchBudgets.ts';

/** What budgets are held against. */
export interface BudgetGrounds {
  readonly routes: readonly ReportedRoute[];
  readonly queries: readonly ReportedQuery[];
  readonly ratios: readonly RatioFigures[];
  /** The most executions of one hour that took longer than so many milliseconds; null where nothing was measured. */
  readonly slowInAnHour: (overMs: number) => number | null;
}

/** Each promise with how it is kept, crossed ones first, then by subject. What nothing is known of is neither kept nor broken. */
export function checkBudgets(budgets: Budgets, grounds: BudgetGrounds): readonly BudgetResult[] {
  const results = [
    ...routeResults(budgets, grounds),
    ...queryResults(budgets, grounds),
    ...overallResults(budgets, grounds),
  ];
  return results.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || byText(a, b));
}

const STATES: readonly BudgetResult['state'][] = ['crossed', 'unknown', 'held'];

function byText(a: BudgetResult, b: BudgetResult): number {
  const [one, other] = [`${a.subject} ${a.measure}`, `${b.subject} ${b.measure}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

function routeResults({ routes: budgets }: Budgets, { routes }: BudgetGrounds): readonly BudgetResult[] {
  return matchBudgets(
    budgets,
    routes,
    ({ name }) => name,
    (route, measure) => routeValue(route, measure),
  );
}

function routeValue({ measured, formula }: ReportedRoute, measure: keyof RouteBudget): number | null {
  if (measure === 'queries') return measured?.queries?.mostCalls ?? fixedNumber(formula);
  return measured?.answers?.[measure] ?? null;
}

/** A formula without letters needs no measurement. */
function fixedNumber(formula: string | null): number | null {
  const [, number] = /^(?:up to )?(\d+)$/.exec(formula ?? '') ?? [];
  return number === undefined ? null : Number(number);
}

function queryResults({ queries: budgets }: Budgets, { queries }: BudgetGrounds): readonly BudgetResult[] {
  return matchBudgets(
    budgets,
    queries,
    ({ name }) => name,
    ({ measurement }, measure: keyof QueryBudget) => measurement?.[measure] ?? null,
  );
}

function overallResults(
  { slowQueries, cacheHitRatio, errorRatio }: Budgets,
  { ratios, slowInAnHour }: BudgetGrounds,
): readonly BudgetResult[] {
  const shareOf = (name: RatioFigures['ratio']) => ratios.find(({ ratio }) => ratio === name)?.value ?? null;
  return [
    ...(slowQueries
      ? [
          budgetResult(
            `queries over ${slowQueries.overMs} ms`,
            'slowQueriesPerHour',
            slowQueries.perHour,
            slowInAnHour(slowQueries.overMs),
            null,
          ),
        ]
      : []),
    ...(cacheHitRatio === null
      ? []
      : [budgetResult('cache', 'cacheHitRatio', cacheHitRatio, shareOf('cache-hits'), null)]),
    ...(errorRatio === null ? [] : [budgetResult('requests', 'errorRatio', errorRatio, shareOf('errors'), null)]),
  ];
}
