import type { BudgetMeasure, BudgetResult, Budgets, QueryBudget, RouteBudget } from '#shared/budgets.ts';
import type { ReportedQuery, ReportedRoute } from '#shared/report.ts';
import type { RatioFigures } from '#shared/routeFigures.ts';

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
  return matched(
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
  return matched(
    budgets,
    queries,
    ({ name }) => name,
    ({ measurement }, measure: keyof QueryBudget) => measurement?.[measure] ?? null,
  );
}

/** Of several budgets for one thing each holds; of a measure that nothing is known of there is one result for the pattern. */
function matched<Item extends { readonly file: string; readonly line: number }, Measure extends BudgetMeasure>(
  budgets: Readonly<Record<string, Readonly<Partial<Record<Measure, number | undefined>>>>>,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  figureOf: (item: Item, measure: Measure) => number | null,
): readonly BudgetResult[] {
  return Object.entries(budgets).flatMap(([pattern, limits]) => {
    const isMeant = textMatcher(pattern);
    const meant = items.filter((item) => isMeant(nameOf(item)));
    return (Object.entries(limits) as [Measure, number | undefined][]).flatMap(([measure, limit]) => {
      if (limit === undefined) return [];
      const known = meant.flatMap((item) => {
        const value = figureOf(item, measure);
        return value === null
          ? []
          : [result(nameOf(item), measure, limit, value, { file: item.file, line: item.line })];
      });
      return known.length > 0 ? known : [result(pattern, measure, limit, null, null)];
    });
  });
}

/** `*` goes over everything, slashes too, and nothing else means anything. */
function textMatcher(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const whole = new RegExp(`^${parts.join('.*')}$`);
  return (text) => whole.test(text);
}

function overallResults(
  { slowQueries, cacheHitRatio, errorRatio }: Budgets,
  { ratios, slowInAnHour }: BudgetGrounds,
): readonly BudgetResult[] {
  const shareOf = (name: RatioFigures['ratio']) => ratios.find(({ ratio }) => ratio === name)?.value ?? null;
  return [
    ...(slowQueries
      ? [
          result(
            `queries over ${slowQueries.overMs} ms`,
            'slowQueriesPerHour',
            slowQueries.perHour,
            slowInAnHour(slowQueries.overMs),
            null,
          ),
        ]
      : []),
    ...(cacheHitRatio === null ? [] : [result('cache', 'cacheHitRatio', cacheHitRatio, shareOf('cache-hits'), null)]),
    ...(errorRatio === null ? [] : [result('requests', 'errorRatio', errorRatio, shareOf('errors'), null)]),
  ];
}

function result(
  subject: string,
  measure: BudgetMeasure,
  limit: number,
  value: number | null,
  at: BudgetResult['at'],
): BudgetResult {
  const isHeld = value !== null && (measure === 'cacheHitRatio' ? value >= limit : value <= limit);
  return { subject, measure, limit, value, state: value === null ? 'unknown' : isHeld ? 'held' : 'crossed', at };
}
