import { type Group, perGroup } from '#graph/groups.ts';
import { adviseIndexes } from './advise.ts';
import type { Demand } from './demands.ts';
import { describe } from './describe.ts';

/** What is to be said of a model, the same objects again while its demands are: weighing them takes longest. */
export const modelAdvice = perGroup((demands: Group<Demand>) => adviseIndexes(demands).map(describe));
