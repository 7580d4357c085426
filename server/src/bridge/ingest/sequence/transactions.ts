import { forgetOldest } from '../../sources/recent.ts';
import { hasWholeTransactions, seeBreak, seeTransaction } from './completeness.ts';
import type { Execution, Group, Held } from './execution.ts';
import { tellGroup } from './groups.ts';
import { isEarly, type Log } from './log.ts';

/** Where each session of a log stands. */
export interface Transactions {
  /** By session; null after a COMMIT. */
  readonly groups: Map<string, Group | null>;
  /** Whole, and waiting for it to be known whether the log is. */
  readonly closed: Group[];
  /** By session, those before its first BEGIN or COMMIT. */
  readonly unplaced: Map<string, Held[]>;
}

export function createTransactions(): Transactions {
  return { groups: new Map(), closed: [], unplaced: new Map() };
}

/** Puts an execution between the BEGIN and the COMMIT of its session, or outside. */
export function place(log: Log, { groups, unplaced }: Transactions, execution: Execution): Held {
  const { session } = execution;
  const group = groups.get(session) ?? null;
  const isPlaced = groups.has(session) || !isEarly(log, execution);
  const inTransaction = isPlaced ? group !== null : undefined;
  const held: Held = { ...execution, group, inTransaction, doubtful: false, counted: false };
  if (!isPlaced) unplaced.set(session, [...(unplaced.get(session) ?? []), held]);
  if (group && group.members.length < MOST_IN_GROUP) group.members.push(held);
  return held;
}

/** To be told of each statement that is of no call, in its canonical form. */
export function takeControl(log: Log, transactions: Transactions, session: string, text: string): void {
  if (BEGIN.test(text)) begin(log, transactions, session);
  else if (END.test(text)) end(log, transactions, session);
}

const BEGIN = /^(?:begin|start transaction)\b/;
const END = /^(?:commit|end|rollback|abort)\b(?! (?:work |transaction )?to\b)/;

function begin({ seen }: Log, { groups, unplaced }: Transactions, session: string): void {
  for (const before of unplaced.get(session) ?? []) before.inTransaction = false;
  unplaced.delete(session);
  if (groups.get(session)) seeBreak(seen);
  groups.set(session, { members: [], state: 'open' });
  forgetOldest(groups, MOST_SESSIONS);
}

function end(log: Log, transactions: Transactions, session: string): void {
  const { groups, unplaced } = transactions;
  unplaced.delete(session);
  const group = groups.get(session);
  if (group === null) seeBreak(log.seen);
  if (group) close(log, transactions, group);
  groups.set(session, null);
}

function close(log: Log, transactions: Transactions, group: Group): void {
  const { closed } = transactions;
  seeTransaction(log.seen);
  group.state = 'closed';
  closed.push(group);
  tellGroups(log, transactions);
  for (const left of closed.splice(0, closed.length - MOST_CLOSED)) left.state = 'told';
}

/** Looks at the transactions that wait, only where it is known that no BEGIN and no COMMIT is left out. */
export function tellGroups(log: Log, { closed }: Transactions): void {
  if (!hasWholeTransactions(log.seen)) return;
  for (const group of closed.splice(0)) {
    tellGroup(log, group);
    group.state = 'told';
  }
}

/** What belongs together in a transaction, of which no end was seen. */
const MOST_IN_GROUP = 2_000;
/** Transactions that wait for it to be known whether the log is whole. */
const MOST_CLOSED = 1_000;
/** More than any server has at once. */
const MOST_SESSIONS = 20_000;
