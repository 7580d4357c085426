import type { SiteIndex } from '../../attribute/siteIndex.ts';
import { isWhole, type Seen, seeDuration, seeOrder } from './completeness.ts';
import type { Execution, Held } from './execution.ts';
import { narrowToPlace } from './groups.ts';
import { createLog, isEarly, type Log } from './log.ts';
import { isFirst, isFurther, withParents } from './parents.ts';
import { createTransactions, place, type Transactions, takeControl, tellGroups } from './transactions.ts';
import { createWindow, finishAll, hold, type Window } from './window.ts';
import { witness } from './witnesses.ts';

/** One way through a log, from its first line on. */
export interface Pass {
  readonly log: Log;
  readonly transactions: Transactions;
  readonly window: Window;
}

/** `counts`: not where a log is only read to see whether it is whole. */
export function createPass(index: SiteIndex, seen: Seen, counts: boolean): Pass {
  return { log: createLog(index, seen), transactions: createTransactions(), window: createWindow(counts) };
}

/** Takes the next execution: what came before tells of it, and it of what came before. */
export function passExecution({ log, transactions, window }: Pass, next: Execution): void {
  seeDuration(log.seen, next.end - next.begin);
  log.begin = Math.min(log.begin, next.begin);
  const execution = place(log, transactions, next);
  narrowToPlace(log, execution);
  narrowToParents(log, execution);
  for (const option of execution.options) if (isFirst(option)) log.roots.add(option.site, execution);
  witness(log, execution);
  hold(log, window, execution);
}

/** Takes a statement of no call, in its canonical form. */
export function passControl({ log, transactions }: Pass, session: string, text: string): void {
  takeControl(log, transactions, session, text);
}

/** At the end of the log, or where no more of it is waited for. */
export function endPass({ log, transactions, window }: Pass): void {
  tellGroups(log, transactions);
  finishAll(log, window);
}

/** Leaves the calls of which that was seen what they send before it. */
function narrowToParents(log: Log, execution: Held): void {
  const { options } = execution;
  const left = withParents(log, execution);
  const early = isEarly(log, execution);
  const isOrphan = options.length === 1 && left.length === 0;
  if (isOrphan ? !early : left.some(isFurther)) seeOrder(log.seen, !isOrphan);
  if (early || !isWhole(log.seen)) return;
  if (left.length > 0) execution.options = left;
  else execution.doubtful ||= options.length > 0;
}
