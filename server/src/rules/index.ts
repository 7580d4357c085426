// Made by `npm run generate` from the rule folders: do not edit.
import { rule as clientPerRequest } from './client-per-request/rule.ts';
import { rule as countByLength } from './count-by-length/rule.ts';
import { rule as longTransaction } from './long-transaction/rule.ts';
import { rule as missingIndex } from './missing-index/rule.ts';
import { rule as nPlusOne } from './n-plus-one/rule.ts';
import { rule as overFetching } from './over-fetching/rule.ts';
import { rule as redundantIndex } from './redundant-index/rule.ts';
import type { Rule } from './rule.ts';
import { rule as sequentialAwaits } from './sequential-awaits/rule.ts';
import { rule as unboundedQuery } from './unbounded-query/rule.ts';
import { rule as uncachedRoute } from './uncached-route/rule.ts';
import { rule as uncappedTake } from './uncapped-take/rule.ts';
import { rule as writeInLoop } from './write-in-loop/rule.ts';

/** Every rule there is, by id. */
export const RULES: readonly Rule[] = [
  clientPerRequest,
  countByLength,
  longTransaction,
  missingIndex,
  nPlusOne,
  overFetching,
  redundantIndex,
  sequentialAwaits,
  unboundedQuery,
  uncachedRoute,
  uncappedTake,
  writeInLoop,
];
