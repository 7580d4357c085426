// Made by `npm run generate` from the rule folders: do not edit.
import { rule as clientPerRequest } from './client-per-request/rule.ts';
import { rule as countByLength } from './count-by-length/rule.ts';
import { rule as distinctScan } from './distinct-scan/rule.ts';
import { rule as inMemoryFilter } from './in-memory-filter/rule.ts';
import { rule as leadingWildcard } from './leading-wildcard/rule.ts';
import { rule as longTransaction } from './long-transaction/rule.ts';
import { rule as missingIndex } from './missing-index/rule.ts';
import { rule as nPlusOne } from './n-plus-one/rule.ts';
import { rule as nestedTake } from './nested-take/rule.ts';
import { rule as offsetPaging } from './offset-paging/rule.ts';
import { rule as overFetching } from './over-fetching/rule.ts';
import { rule as redisInLoop } from './redis-in-loop/rule.ts';
import { rule as redisKeys } from './redis-keys/rule.ts';
import { rule as redundantIndex } from './redundant-index/rule.ts';
import { rule as relationCountInList } from './relation-count-in-list/rule.ts';
import { rule as repeatedQuery } from './repeated-query/rule.ts';
import type { Rule } from './rule.ts';
import { rule as selectStar } from './select-star/rule.ts';
import { rule as sequentialAwaits } from './sequential-awaits/rule.ts';
import { rule as slowQuery } from './slow-query/rule.ts';
import { rule as unboundedMemoryCache } from './unbounded-memory-cache/rule.ts';
import { rule as unboundedQuery } from './unbounded-query/rule.ts';
import { rule as uncachedRoute } from './uncached-route/rule.ts';
import { rule as uncappedTake } from './uncapped-take/rule.ts';
import { rule as unindexedOr } from './unindexed-or/rule.ts';
import { rule as unsafeRaw } from './unsafe-raw/rule.ts';
import { rule as wideColumn } from './wide-column/rule.ts';
import { rule as writeInLoop } from './write-in-loop/rule.ts';

/** Every rule there is, by id. */
export const RULES: readonly Rule[] = [
  clientPerRequest,
  countByLength,
  distinctScan,
  inMemoryFilter,
  leadingWildcard,
  longTransaction,
  missingIndex,
  nPlusOne,
  nestedTake,
  offsetPaging,
  overFetching,
  redisInLoop,
  redisKeys,
  redundantIndex,
  relationCountInList,
  repeatedQuery,
  selectStar,
  sequentialAwaits,
  slowQuery,
  unboundedMemoryCache,
  unboundedQuery,
  uncachedRoute,
  uncappedTake,
  unindexedOr,
  unsafeRaw,
  wideColumn,
  writeInLoop,
];
