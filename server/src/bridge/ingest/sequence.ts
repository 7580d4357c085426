import type { QuerySite } from '#graph/projectGraph.ts';
import type { Sender, SiteIndex } from '../attribute/siteIndex.ts';
import { callbackOf, mayRun, neverInTransaction, ownTransaction } from '../attribute/transactions.ts';
import { forgetOldest } from '../sources/recent.ts';
import { createRecentRoots } from './recentRoots.ts';

/** One execution among those before and after it; times in milliseconds. */
export interface Execution {
  readonly session: string;
  readonly begin: number;
  readonly end: number;
  /** Calls that may have sent it; fewer as more is known, none where no call is known to. */
  options: readonly Sender[];
  /** Counts it as one of what is left, `doubtful` where nothing shows that it was; called once. */
  readonly count: (options: readonly Sender[], doubtful: boolean) => void;
}

/** Tells calls of the same statement apart by what comes before and after it. */
export interface Sequence {
  /** In the order of the log. */
  take(execution: Execution): void;
  /** A statement of no call, such as BEGIN, in its canonical form. */
  control(session: string, text: string): void;
  /** Counts all that waits. */
  settle(): void;
}

/** Long enough for what a function asks next; what took longer was ambiguous. */
const HOLD_MS = 30_000;
/** Keeps memory bounded on a busy server. */
const MOST_HELD = 20_000;
/** Counted ones are let go of so many at a time. */
const MOST_DONE = 1_000;
/** What belongs together in a transaction, of which no end was seen. */
const MOST_IN_GROUP = 2_000;
/** Transactions that wait for it to be known whether the log is whole. */
const MOST_CLOSED = 1_000;
/** More than any server has at once. */
const MOST_SESSIONS = 20_000;
/** Servers log to the millisecond. */
const CLOCK_MS = 2;
/** A log of nothing but slow statements has none so short. */
const SHORT_MS = 1;
const ENOUGH_SHORT = 5;
/** Of a log that leaves out one statement in ten, so many in order are seldom. */
const ENOUGH_FOLLOWED = 20;
/** Steps that wait for it to be known whether the log is whole. */
const MOST_WAITING = 20_000;
/** Ends without a beginning would soon show in a log that leaves statements out: so many whole transactions are no chance. */
const ENOUGH_TRANSACTIONS = 5;
/** What began before the log did is not in it; between two statements of a call or a function lies little but the client's own work. */
const LOG_BEGIN_MS = 50;

interface Held extends Execution {
  /** Undefined where no BEGIN or COMMIT of its session was seen before. */
  inTransaction: boolean | undefined;
  /** Statements between the same BEGIN and COMMIT. */
  readonly group: Group | null;
  doubtful: boolean;
  counted: boolean;
}

interface Group {
  readonly members: Held[];
  /** `closed`: whole, and not looked at yet. */
  state: 'open' | 'closed' | 'told';
}

/** What shows whether a log leaves statements out. */
interface Seen {
  short: number;
  transactions: number;
  breaks: number;
  /** Statements that came after what they must come after, and those that did not. */
  followed: number;
  orphans: number;
}

/** Where statements are left out, be it by chance, what is missing tells nothing. */
function isWhole({ short, followed, orphans }: Seen): boolean {
  return short >= ENOUGH_SHORT && followed >= ENOUGH_FOLLOWED && orphans * 200 <= followed;
}

/** Begins to decide when enough was seen to know that a log is whole, and then from its beginning on. */
export function createSequence(index: SiteIndex): Sequence {
  const seen: Seen = { short: 0, transactions: 0, breaks: 0, followed: 0, orphans: 0 };
  const decided = sequenceOf(index, seen);
  let scout: Sequence | null = sequenceOf(index, seen);
  let waiting: (() => void)[] = [];
  const replay = (): void => {
    const steps = waiting;
    waiting = [];
    scout = null;
    for (const step of steps) step();
  };
  const pass = (step: (to: Sequence, own: boolean) => void): void => {
    if (scout === null) step(decided, true);
    else {
      step(scout, false);
      waiting.push(() => step(decided, true));
      if (isWhole(seen) || waiting.length > MOST_WAITING) replay();
    }
  };
  return {
    take: (execution) => pass((to, own) => to.take(own ? execution : { ...execution, count: () => undefined })),
    control: (session, text) => pass((to) => to.control(session, text)),
    settle: () => {
      replay();
      decided.settle();
    },
  };
}

function sequenceOf(index: SiteIndex, seen: Seen): Sequence {
  let held: Held[] = [];
  /** So many at the beginning are counted. */
  let done = 0;
  let newest = Number.NEGATIVE_INFINITY;
  let oldest = Number.POSITIVE_INFINITY;
  const groups = new Map<string, Group | null>();
  let closed: Group[] = [];
  /** By session, those before its first BEGIN or COMMIT. */
  const unplaced = new Map<string, Held[]>();
  const roots = createRecentRoots<Held>(HOLD_MS);
  const tellsTransactions = () =>
    isWhole(seen) && seen.transactions >= ENOUGH_TRANSACTIONS && seen.breaks * 20 <= seen.transactions;

  function control(session: string, text: string): void {
    const group = groups.get(session);
    if (!BEGIN.test(text) && !END.test(text)) return;
    const before = unplaced.get(session) ?? [];
    unplaced.delete(session);
    if (BEGIN.test(text)) {
      for (const each of before) each.inTransaction = false;
      if (group) broken();
      groups.set(session, { members: [], state: 'open' });
      forgetOldest(groups, MOST_SESSIONS);
      return;
    }
    if (group === null) broken();
    if (group) {
      seen.transactions += 1;
      seen.followed += 1;
      group.state = 'closed';
      closed.push(group);
      tellGroups();
      for (const left of closed.splice(0, closed.length - MOST_CLOSED)) left.state = 'told';
    }
    groups.set(session, null);
  }

  function broken(): void {
    seen.breaks += 1;
    seen.orphans += 1;
  }

  /** Only where it is known that no BEGIN and no COMMIT is left out. */
  function tellGroups(): void {
    if (!tellsTransactions()) return;
    const groups = closed;
    closed = [];
    for (const group of groups) {
      byGroup(group);
      group.state = 'told';
    }
  }

  /** All of a transaction are of one callback, or of one call, which begins it. */
  function byGroup({ members }: Group): void {
    const [root, ...others] = members;
    if (!root) return;
    narrow(
      root,
      root.options.filter(({ follows }) => follows === undefined),
    );
    // A call that puts BEGIN and COMMIT around its own statements sends the first one.
    const owners = root.options.map(({ site }) => site);
    for (const each of owners.length > 0 ? others : [])
      narrow(
        each,
        each.options.filter(({ site }) => !neverInTransaction(site) || owners.includes(site)),
      );
    const owner = root.options.length === 1 ? root.options[0] : undefined;
    if (owner && ownTransaction(owner.site, owner.texts)) {
      for (const member of members) {
        const own = member.options.filter(({ site }) => site === owner.site);
        narrow(member, own.length > 0 ? own : [{ site: owner.site, texts: [] }]);
      }
      return;
    }
    const sure = members.flatMap(({ options, doubtful }) => (options.length === 1 && !doubtful ? options : []));
    const units = new Set(sure.flatMap(({ site }) => callbackOf(site) ?? []));
    const [unit] = units;
    if (unit === undefined || units.size > 1) return;
    for (const member of members) {
      const may = member.options.filter(
        ({ site, texts }) => (callbackOf(site) ?? unit) === unit && !ownTransaction(site, texts),
      );
      narrow(member, may);
    }
  }

  /** Fewer options may tell more about those before it. */
  function narrow(execution: Held, options: readonly Sender[]): void {
    const isSame = options.length === execution.options.length && options[0] === execution.options[0];
    if (execution.counted || options.length === 0 || isSame) return;
    execution.options = options;
    execution.doubtful = false;
    if (options.length === 1) witness(execution);
  }

  /** What it is sure of tells of those it must have come after. */
  function witness(execution: Held): void {
    const [option] = execution.options;
    if (!option || execution.options.length > 1 || execution.doubtful || isEarly(execution)) return;
    if (option.texts.length > 0 && !begins(option)) {
      if (index.isKnown(option.site))
        follows(option.site, parentsOf(execution, option), followerKey(option), timesOf(option));
      return;
    }
    // Of a call that may send something else nobody knows whether it is among them.
    for (const site of index.before(option.site).filter(index.isKnown)) {
      const key = `after ${option.site.id}`;
      const all = roots
        .of(site, execution.begin)
        .filter((each) => each !== execution && each.end <= execution.begin + CLOCK_MS)
        .filter((each) => !isOneCallback(site, option.site) || each.group === execution.group);
      if (!execution.counted) seen[all.length > 0 ? 'followed' : 'orphans'] += 1;
      const may = all.filter((each) => !isTogether(each, site) && !roots.isUsed(each, key, 1));
      if (!roots.isCut(site, execution.begin)) follows(site, may, key, 1);
    }
  }

  /** Where only one may be what it came after, that one is this call's; of several of this call each is as good. */
  function follows(site: QuerySite, may: readonly Held[], key: string, times: number): void {
    if (!isWhole(seen)) return;
    const [oldest] = may;
    const sure = may.every(({ options }) => options.length === 1);
    if (!oldest || (may.length > 1 && !sure)) return;
    if (!roots.isUsed(oldest, key, times)) roots.use(oldest, key);
    if (!sure)
      narrow(
        oldest,
        oldest.options.filter((each) => each.site === site),
      );
  }

  /** Executions of the call's first statement that this one may follow. */
  function parentsOf(execution: Held, option: Sender): readonly Held[] {
    const ways = new Set(option.texts.map(({ way }) => way));
    const may = roots.of(option.site, execution.begin).filter((root) => {
      const sender = root.options.find(({ site }) => site === option.site);
      const fits = sender?.texts.some(({ part, way }) => part === 'first' && ways.has(way));
      return fits === true && root.end <= execution.begin + CLOCK_MS && mayBeOneCall(root, execution, option, sender);
    });
    const [key, times] = [followerKey(option), timesOf(option)];
    const unused = may.filter((root) => !roots.isUsed(root, key, times));
    return unused.length > 0 ? unused : may;
  }

  /** What follows a first statement does so soon; without one it is none of this call's. */
  function withParents(execution: Held): readonly Sender[] {
    return execution.options.filter((option) => {
      if (option.texts.length === 0 || begins(option) || !index.isKnown(option.site)) return true;
      if (roots.isCut(option.site, execution.begin)) return true;
      return parentsOf(execution, option).length > 0;
    });
  }

  function take(taken: Execution): void {
    const group = groups.get(taken.session) ?? null;
    const inTransaction = groups.has(taken.session) || !isEarly(taken) ? group !== null : undefined;
    const execution: Held = Object.assign(taken, { group, inTransaction, doubtful: false, counted: false });
    newest = Math.max(newest, execution.end);
    oldest = Math.min(oldest, execution.begin);
    if (inTransaction === undefined) unplaced.set(taken.session, [...(unplaced.get(taken.session) ?? []), execution]);
    if (group && group.members.length < MOST_IN_GROUP) group.members.push(execution);
    if (tellsTransactions()) byTransaction(execution);
    const left = withParents(execution);
    if (execution.options.length === 1 && left.length === 0) seen.orphans += isEarly(execution) ? 0 : 1;
    else if (left.some((option) => option.texts.length > 0 && !begins(option))) seen.followed += 1;
    if (isWhole(seen) && !isEarly(execution) && left.length > 0) execution.options = left;
    execution.doubtful ||= isWhole(seen) && !isEarly(execution) && left.length === 0 && execution.options.length > 0;
    for (const option of execution.options) if (begins(option)) roots.add(option.site, execution);
    if (execution.options.length === 1) witness(execution);
    held.push(execution);
    release();
  }

  function release(): void {
    for (let next = held[done]; next && mayFinish(next); next = held[done]) {
      finish(next);
      done += 1;
    }
    if (done < MOST_DONE && done < held.length) return;
    held = held.slice(done);
    done = 0;
  }

  function mayFinish(execution: Held): boolean {
    return isDecided(execution) || newest - execution.end >= HOLD_MS || held.length - done >= MOST_HELD;
  }

  function isDecided({ options, group }: Held): boolean {
    return options.length < 2 && (group === null || group.state === 'told');
  }

  function finish(execution: Held): void {
    if (execution.counted) return;
    if (tellsTransactions()) byTransaction(execution);
    execution.counted = true;
    execution.count(execution.options, execution.doubtful);
  }

  function byTransaction(execution: Held): void {
    const may = execution.options.filter((option) => mayBe(option, execution.inTransaction));
    if (may.length === 0) execution.doubtful = execution.options.length > 0;
    narrow(execution, may);
  }

  function isEarly({ begin }: Execution): boolean {
    return begin - Math.min(oldest, begin) < LOG_BEGIN_MS;
  }

  return {
    take: (execution) => {
      if (execution.end - execution.begin < SHORT_MS) seen.short += 1;
      take(execution);
    },
    control,
    settle: () => {
      tellGroups();
      for (const execution of held) finish(execution);
      held = [];
      done = 0;
    },
  };
}

function mayBe({ site, texts, follows }: Sender, inTransaction: boolean | undefined): boolean {
  if (follows === 'write' && inTransaction === false) return false;
  return texts.length === 0
    ? mayRun(site, null, inTransaction)
    : texts.some((text) => mayRun(site, text, inTransaction));
}

const BEGIN = /^(?:begin|start transaction)\b/;
const END = /^(?:commit|end|rollback|abort)\b(?! (?:work |transaction )?to\b)/;

function followerKey({ site, texts: [text] }: Sender): string {
  return `${site.id} ${text?.text ?? ''}`;
}

/** A way to make a call may send the same statement for two relations. */
function timesOf({ texts }: Sender): number {
  const ways = Map.groupBy(texts, ({ way }) => way);
  return Math.max(1, ...[...ways.values()].map(({ length }) => length));
}

function begins({ texts }: Sender): boolean {
  return texts.some(({ part }) => part === 'first');
}

/** What runs in one callback of a transaction runs between its BEGIN and its COMMIT. */
function isOneCallback(a: QuerySite, b: QuerySite): boolean {
  return callbackOf(a) !== null && callbackOf(a) === callbackOf(b);
}

/** All statements of a call run in one transaction or in none, unless the client puts BEGIN and COMMIT around some of them. */
function mayBeOneCall(root: Held, further: Held, option: Sender, first: Sender | undefined): boolean {
  const texts = [...option.texts, ...(first?.texts ?? [])];
  const mixed = new Set(texts.map(({ transaction }) => transaction)).size > 1;
  return mixed || root.group === further.group;
}

/** Lookups of several calls that were sent as one. */
function isTogether({ options }: Execution, site: QuerySite): boolean {
  return options.find((each) => each.site === site)?.texts.every(({ way }) => way === null) ?? false;
}
