import type { Sender } from '../../attribute/siteIndex.ts';

/** One execution among those before and after it; times in milliseconds. */
export interface Execution {
  readonly session: string;
  readonly begin: number;
  readonly end: number;
  /** Calls that may have sent it, none where no call is known to. */
  readonly options: readonly Sender[];
  /** Counts it as one of what is left, `doubtful` where nothing shows that it was; called once. */
  readonly count: (options: readonly Sender[], doubtful: boolean) => void;
}

/** An execution for as long as what comes after it may tell more. */
export interface Held extends Execution {
  /** Fewer as more is known. */
  options: readonly Sender[];
  /** Undefined where no BEGIN or COMMIT of its session was seen before. */
  inTransaction: boolean | undefined;
  readonly group: Group | null;
  doubtful: boolean;
  counted: boolean;
}

/** Statements of a session between the same BEGIN and COMMIT. */
export interface Group {
  readonly members: Held[];
  /** `closed`: whole, and not looked at yet. */
  state: 'open' | 'closed' | 'told';
}
