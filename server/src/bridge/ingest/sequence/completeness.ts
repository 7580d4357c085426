/** What shows whether a log leaves statements out: where it does, be it by chance, what is missing tells nothing. */
export interface Seen {
  /** Executions too short for a log of slow statements. */
  short: number;
  /** Those with a BEGIN and a COMMIT, and those that lack one of them. */
  transactions: number;
  breaks: number;
  /** Statements that came after what they must come after, and those that did not. */
  followed: number;
  orphans: number;
}

/** Before the first line of a log. */
export function nothingSeen(): Seen {
  return { short: 0, transactions: 0, breaks: 0, followed: 0, orphans: 0 };
}

/** Whether a log holds every statement, so that something may be concluded from what is not there. */
export function isWhole({ short, followed, orphans }: Seen): boolean {
  return short >= ENOUGH_SHORT && followed >= ENOUGH_FOLLOWED && orphans * 200 <= followed;
}

/** Whether every BEGIN and COMMIT is there as well. */
export function hasWholeTransactions(seen: Seen): boolean {
  return isWhole(seen) && seen.transactions >= ENOUGH_TRANSACTIONS && seen.breaks * 20 <= seen.transactions;
}

/** To be told of each execution, with how long it took. */
export function seeDuration(seen: Seen, ms: number): void {
  if (ms < SHORT_MS) seen.short += 1;
}

/** To be told of statements that must come after others, and whether they did. */
export function seeOrder(seen: Seen, isFollowing: boolean): void {
  if (isFollowing) seen.followed += 1;
  else seen.orphans += 1;
}

/** To be told of each COMMIT for which there was a BEGIN. */
export function seeTransaction(seen: Seen): void {
  seen.transactions += 1;
  seen.followed += 1;
}

/** To be told where a BEGIN or a COMMIT must be missing. */
export function seeBreak(seen: Seen): void {
  seen.breaks += 1;
  seen.orphans += 1;
}

/** A log of nothing but slow statements has none so short. */
const SHORT_MS = 1;
const ENOUGH_SHORT = 5;
/** Of a log that leaves out one statement in ten, so many in order are seldom. */
const ENOUGH_FOLLOWED = 20;
/** Ends without a beginning would soon show in a log that leaves statements out: so many whole transactions are no chance. */
const ENOUGH_TRANSACTIONS = 5;
