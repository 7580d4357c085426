import type { QuerySite } from '#graph/projectGraph.ts';
import type { Sender } from '../../attribute/siteIndex.ts';
import { callbackOf, mayRun, neverInTransaction, ownTransaction } from '../../attribute/transactions.ts';
import { hasWholeTransactions } from './completeness.ts';
import type { Group, Held } from './execution.ts';
import type { Log } from './log.ts';
import { narrow } from './witnesses.ts';

/** All of a transaction are of one callback, or of one call, which begins it. */
export function tellGroup(log: Log, { members }: Group): void {
  const [root, ...others] = members;
  if (!root) return;
  const first = root.options.filter(({ follows }) => follows === undefined);
  narrow(log, root, first);
  onlyWithin(log, root, others);
  const owner = root.options.length === 1 ? root.options[0] : undefined;
  if (owner && ownTransaction(owner.site, owner.texts)) ofOneCall(log, members, owner.site);
  else ofOneCallback(log, members);
}

/** A call that puts BEGIN and COMMIT around its own statements sends the first one. */
function onlyWithin(log: Log, root: Held, others: readonly Held[]): void {
  const owners = root.options.map(({ site }) => site);
  if (owners.length === 0) return;
  for (const each of others) {
    const may = each.options.filter(({ site }) => !neverInTransaction(site) || owners.includes(site));
    narrow(log, each, may);
  }
}

function ofOneCall(log: Log, members: readonly Held[], site: QuerySite): void {
  for (const member of members) {
    const own = member.options.filter((option) => option.site === site);
    narrow(log, member, own.length > 0 ? own : [{ site, texts: [] }]);
  }
}

function ofOneCallback(log: Log, members: readonly Held[]): void {
  const callback = callbackAmong(members);
  if (callback === null) return;
  for (const member of members) {
    const may = member.options.filter(
      ({ site, texts }) => (callbackOf(site) ?? callback) === callback && !ownTransaction(site, texts),
    );
    narrow(log, member, may);
  }
}

/** Null where no member is sure of it, or they contradict each other. */
function callbackAmong(members: readonly Held[]): string | null {
  const sure = members.flatMap(({ options, doubtful }) => (options.length === 1 && !doubtful ? options : []));
  const [callback, ...others] = new Set(sure.flatMap(({ site }) => callbackOf(site) ?? []));
  return callback === undefined || others.length > 0 ? null : callback;
}

/** Leaves the calls that run where it ran, inside a transaction or outside. */
export function narrowToPlace(log: Log, execution: Held): void {
  if (!hasWholeTransactions(log.seen)) return;
  const { options, inTransaction } = execution;
  const may = options.filter((option) => mayBe(option, inTransaction));
  if (may.length === 0) execution.doubtful = options.length > 0;
  narrow(log, execution, may);
}

function mayBe({ site, texts, follows }: Sender, inTransaction: boolean | undefined): boolean {
  if (follows === 'write' && inTransaction === false) return false;
  if (texts.length === 0) return mayRun(site, null, inTransaction);
  return texts.some((text) => mayRun(site, text, inTransaction));
}
