import type { QuerySite } from '../projectGraph.ts';
import type { Cost, CostLoop } from './cost.ts';

/** What the symbols of a cost stand for. */
export interface CostSizes {
  /** Statements one call of a query sends. */
  readonly statements: (site: QuerySite) => number;
  /** Turns of a loop whose number is not written down. */
  readonly turns: (loop: CostLoop) => number;
}

/** The cost as a number, by its dearest way; infinite where it cannot be counted. */
export function evaluateCost(cost: Cost, sizes: CostSizes): number {
  return statementsOf(cost, sizes, []);
}

/** `around` are the turns of the loops around it, outermost first. */
function statementsOf(cost: Cost, sizes: CostSizes, around: readonly number[]): number {
  const inside = (part: Cost) => statementsOf(part, sizes, around);
  switch (cost.kind) {
    case 'query':
      return sizes.statements(cost.site) * runs(around, cost.joined);
    case 'all':
      return cost.of.reduce((sum, part) => sum + inside(part), 0);
    case 'most':
      return Math.max(...cost.of.map(inside));
    case 'times':
      return statementsOf(cost.of, sizes, [...around, cost.loop.turns ?? sizes.turns(cost.loop)]);
    case 'uncountable':
      return Number.POSITIVE_INFINITY;
    default:
      return inside(cost.of);
  }
}

/** Turns that are joined count once, if there are any. */
function runs(around: readonly number[], joined: number): number {
  const apart = around.length - joined;
  return around.reduce((product, turns, index) => product * (index < apart ? turns : Math.min(turns, 1)), 1);
}
