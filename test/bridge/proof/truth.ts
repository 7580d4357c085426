import { readFileSync } from 'node:fs';

/** What the application itself saw, counted without anything of ours. */
export type Truth = TrueStatement | TrueEvent | TrueCall;

/** A statement as it was handed to the database's driver. */
export interface TrueStatement {
  readonly kind: 'statement';
  /** The server's number of the connection; statements of one come in the order in which they are told. */
  readonly session: string;
  readonly sql: string;
  /** Where the call stands that sent it, `src/services/orders.ts:18:40`; null for what belongs to none, such as BEGIN. */
  readonly site: string | null;
  /** The list it was sent for, in place of the call. */
  readonly list?: TrueList;
}

/** A transaction that is handed over as a list: all its statements are sent where the first call was started, in the order of the calls. */
export interface TrueList {
  readonly id: number;
  readonly sites: readonly string[];
}

/** A query event of Prisma's client. */
export interface TrueEvent {
  readonly kind: 'event';
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly sql: string;
  /** As JSON. */
  readonly params: string;
  readonly ms: number;
  readonly site: string | null;
  readonly list?: TrueList;
}

/** A call of the client that was answered. */
export interface TrueCall {
  readonly kind: 'call';
  readonly site: string;
  readonly name: string;
  readonly ms: number;
}

export function readTruth(file: string): readonly Truth[] {
  const truth = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Truth);
  return withListsDivided(truth);
}

/** The calls of every list in the tests send equally many statements. */
function withListsDivided(truth: readonly Truth[]): readonly Truth[] {
  const keyOf = (each: Truth) => (each.kind === 'call' || !each.list ? '' : `${each.kind} ${each.list.id}`);
  const all = Map.groupBy(truth, keyOf);
  const sent = new Map<string, number>();
  return truth.map((each) => {
    if (each.kind === 'call' || !each.list) return each;
    const { sites } = each.list;
    const key = keyOf(each);
    const share = (all.get(key)?.length ?? 0) / sites.length;
    if (!Number.isInteger(share)) throw new Error(`the calls of a list send unequally many: ${sites.join(', ')}`);
    const before = sent.get(key) ?? 0;
    sent.set(key, before + 1);
    return { ...each, site: sites[Math.floor(before / share)] ?? null };
  });
}
