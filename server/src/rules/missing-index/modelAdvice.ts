import type { Model } from '#schema/schemaModel.ts';
import type { Report } from '../rule.ts';
import { adviseIndexes } from './advise.ts';
import type { Demand, DemandKind } from './demands.ts';
import { describe } from './describe.ts';

interface Known {
  readonly demands: readonly Demand[];
  readonly reports: readonly Report<DemandKind>[];
}

/** The last advice on each model. */
const known = new WeakMap<Model, Known>();

/** What is to be said of a model, the same objects again while its demands are: they hang on nothing else, and weighing them takes longest. */
export function modelAdvice(model: Model, demands: readonly Demand[]): readonly Report<DemandKind>[] {
  const last = known.get(model);
  if (last && sameItems(last.demands, demands)) return last.reports;
  const reports = adviseIndexes(demands).map(describe);
  known.set(model, { demands, reports });
  return reports;
}

function sameItems(a: readonly Demand[], b: readonly Demand[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
