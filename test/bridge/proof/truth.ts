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
  readonly sql: string;
  readonly ms: number;
  readonly site: string | null;
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
  const sent = new Map<number, number>();
  const all = new Map<number, number>();
  for (const each of truth) {
    if (each.kind === 'statement' && each.list) all.set(each.list.id, (all.get(each.list.id) ?? 0) + 1);
  }
  return truth.map((each) => {
    if (each.kind !== 'statement' || !each.list) return each;
    const { id, sites } = each.list;
    const share = (all.get(id) ?? 0) / sites.length;
    if (!Number.isInteger(share)) throw new Error(`the calls of a list send unequally many: ${sites.join(', ')}`);
    const before = sent.get(id) ?? 0;
    sent.set(id, before + 1);
    return { ...each, site: sites[Math.floor(before / share)] ?? null };
  });
}
