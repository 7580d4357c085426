import type { QuerySite } from '#graph/projectGraph.ts';
import type { Sender } from '../../attribute/siteIndex.ts';
import { callbackOf } from '../../attribute/transactions.ts';
import { isWhole, seeOrder } from './completeness.ts';
import type { Execution, Held } from './execution.ts';
import { isEarly, isOver, type Log } from './log.ts';
import { followerOf, isFurther, parentsOf } from './parents.ts';
import type { Follower } from './recentRoots.ts';

/** Leaves an execution fewer options, if any are left; then it may tell more about those before it. */
export function narrow(log: Log, execution: Held, options: readonly Sender[]): void {
  const isSame = options.length === execution.options.length && options[0] === execution.options[0];
  if (execution.counted || options.length === 0 || isSame) return;
  execution.options = options;
  execution.doubtful = false;
  witness(log, execution);
}

/** What an execution is sure of tells of those it must have come after. */
export function witness(log: Log, execution: Held): void {
  const [option] = execution.options;
  if (!option || execution.options.length > 1 || execution.doubtful || isEarly(log, execution)) return;
  if (isFurther(option)) tellOfFirst(log, execution, option);
  else tellOfCallsBefore(log, execution, option);
}

function tellOfFirst(log: Log, execution: Held, option: Sender): void {
  if (log.index.isKnown(option.site)) follow(log, option.site, parentsOf(log, execution, option), followerOf(option));
}

/** Of a call that may send something else nobody knows whether it is among them. */
function tellOfCallsBefore(log: Log, execution: Held, { site }: Sender): void {
  const { index, roots, seen } = log;
  const follower = { key: `after ${site.id}`, times: 1 };
  for (const before of index.before(site).filter(index.isKnown)) {
    const ended = endedBefore(log, execution, before, site);
    if (!execution.counted) seeOrder(seen, ended.length > 0);
    const may = ended.filter((each) => !isTogether(each, before) && !roots.isUsed(each, follower));
    if (!roots.isCut(before, execution.begin)) follow(log, before, may, follower);
  }
}

/** Executions of a call in the same function; what runs in one callback of a transaction runs between its BEGIN and its COMMIT. */
function endedBefore({ roots }: Log, execution: Held, before: QuerySite, site: QuerySite): readonly Held[] {
  const callback = callbackOf(site);
  const inOneCallback = callback !== null && callbackOf(before) === callback;
  return roots
    .of(before, execution.begin)
    .filter((each) => each !== execution && isOver(each, execution))
    .filter((each) => !inOneCallback || each.group === execution.group);
}

/** Lookups of several calls that were sent as one. */
function isTogether({ options }: Execution, site: QuerySite): boolean {
  return options.find((each) => each.site === site)?.texts.every(({ way }) => way === null) ?? false;
}

/** Where only one may be what it came after, that one is this call's; of several of this call each is as good. */
function follow(log: Log, site: QuerySite, may: readonly Held[], follower: Follower): void {
  if (!isWhole(log.seen)) return;
  const [oldest] = may;
  const sure = may.every(({ options }) => options.length === 1);
  if (!oldest || (may.length > 1 && !sure)) return;
  if (!log.roots.isUsed(oldest, follower)) log.roots.use(oldest, follower);
  if (sure) return;
  const own = oldest.options.filter((each) => each.site === site);
  narrow(log, oldest, own);
}
