import type { BudgetResult } from '#shared/budgets.ts';
import { budgetText } from '#words/budgetText.ts';
import { plural } from '../count.ts';

/** Budgets line by line, then how many hold. */
export function budgetsText(budgets: readonly BudgetResult[]): string {
  const count = (state: BudgetResult['state']) => budgets.filter((budget) => budget.state === state).length;
  const summary = `${plural(budgets.length, 'budget')}: ${count('held')} held, ${count('crossed')} crossed, ${count('unknown')} not known`;
  return `${[...budgets.map(lineOf), '', summary].join('\n')}\n`;
}

function lineOf(budget: BudgetResult): string {
  const at = budget.at ? `  ${budget.at.file}:${budget.at.line}` : '';
  return `${SIGNS[budget.state].padEnd(8)} ${budgetText(budget)}${at}`;
}

const SIGNS: Readonly<Record<BudgetResult['state'], string>> = { held: 'held', crossed: 'CROSSED', unknown: 'unknown' };
