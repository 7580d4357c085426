import type { BudgetMeasure, BudgetResult } from '#shared/budgets.ts';

type Limits<Measure extends BudgetMeasure> = Readonly<Partial<Record<Measure, number | undefined>>>;

/** Of several budgets for one thing the closest counts, measure by measure; of a measure that nothing is known of there is one result for the pattern. */
export function matchBudgets<
  Item extends { readonly file: string; readonly line: number },
  Measure extends BudgetMeasure,
>(
  budgets: Readonly<Record<string, Limits<Measure>>>,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  figureOf: (item: Item, measure: Measure) => number | null,
): readonly BudgetResult[] {
  return Object.entries(budgets).flatMap(([pattern, limits]) => {
    const isMeant = textMatcher(pattern);
    const fitting = items.filter((item) => isMeant(nameOf(item)));
    return (Object.entries(limits) as [Measure, number | undefined][]).flatMap(([measure, limit]) => {
      if (limit === undefined) return [];
      const closer = closerMatchers(budgets, pattern, measure);
      const meant = fitting.filter((item) => !closer.some((fits) => fits(nameOf(item))));
      const known = meant.flatMap((item) => {
        const value = figureOf(item, measure);
        return value === null
          ? []
          : [budgetResult(nameOf(item), measure, limit, value, { file: item.file, line: item.line })];
      });
      const isOverruled = fitting.length > 0 && meant.length === 0;
      return known.length > 0 || isOverruled ? known : [budgetResult(pattern, measure, limit, null, null)];
    });
  });
}

/** The patterns that say more of a name than another and bound the same. */
function closerMatchers<Measure extends BudgetMeasure>(
  budgets: Readonly<Record<string, Limits<Measure>>>,
  pattern: string,
  measure: Measure,
): readonly ((text: string) => boolean)[] {
  return Object.entries(budgets)
    .filter(([other, limits]) => limits[measure] !== undefined && closeness(other) > closeness(pattern))
    .map(([other]) => textMatcher(other));
}

/** A whole name is closest, then what leaves fewer letters open. */
function closeness(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.POSITIVE_INFINITY;
}

/** `*` goes over everything, slashes too, and nothing else means anything. */
function textMatcher(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const whole = new RegExp(`^${parts.join('.*')}$`);
  return (text) => whole.test(text);
}

/** A promise against a figure; up to the limit it is held. */
export function budgetResult(
  subject: string,
  measure: BudgetMeasure,
  limit: number,
  value: number | null,
  at: BudgetResult['at'],
): BudgetResult {
  const isHeld = value !== null && (measure === 'cacheHitRatio' ? value >= limit : value <= limit);
  return { subject, measure, limit, value, state: value === null ? 'unknown' : isHeld ? 'held' : 'crossed', at };
}
