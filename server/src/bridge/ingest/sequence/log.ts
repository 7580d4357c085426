import type { SiteIndex } from '../../attribute/siteIndex.ts';
import type { Seen } from './completeness.ts';
import type { Execution, Held } from './execution.ts';
import { createRecentRoots, type RecentRoots } from './recentRoots.ts';

/** What is known of a log as far as it was read. */
export interface Log {
  readonly index: SiteIndex;
  readonly seen: Seen;
  /** First statements of calls, which others may follow. */
  readonly roots: RecentRoots<Held>;
  /** When the earliest of its executions began. */
  begin: number;
}

export function createLog(index: SiteIndex, seen: Seen): Log {
  return { index, seen, roots: createRecentRoots<Held>(HOLD_MS), begin: Number.POSITIVE_INFINITY };
}

/** Whether what it comes after may have been before the log. */
export function isEarly(log: Log, { begin }: Execution): boolean {
  return begin - log.begin < LOG_BEGIN_MS;
}

/** Whether one had ended when the other began. */
export function isOver({ end }: Execution, { begin }: Execution): boolean {
  return end <= begin + CLOCK_MS;
}

/** Long enough for what a function asks next; what took longer was ambiguous. */
export const HOLD_MS = 30_000;
/** Servers log to the millisecond. */
const CLOCK_MS = 2;
/** What began before the log did is not in it; between two statements of a call or a function lies little but the client's own work. */
const LOG_BEGIN_MS = 50;
