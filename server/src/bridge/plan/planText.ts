import { explainRows } from './explainRows.ts';
import { planFromJson } from './planFromJson.ts';
import { planFromText } from './planFromText.ts';
import { type PlanNode, printedPlan } from './planNode.ts';

/**
 * A plan as a source words it, in one short form for people; null where it is none that is understood. Nothing of it is carried over but what is
 * known to hold no value: kinds of steps, names of tables and indexes, conditions without literals, rows and times.
 */
export function planText(plan: string): string | null {
  if (plan.length > LONGEST_PLAN) return null;
  const rows = explainRows(plan);
  if (rows !== null) return rows;
  const root: PlanNode | null = plan.trimStart().startsWith('{') ? planFromJson(plan) : planFromText(plan);
  return root && printedPlan(root);
}

/** In characters: nobody reads such a plan, and it is read while a log is counted. */
const LONGEST_PLAN = 1_000_000;
