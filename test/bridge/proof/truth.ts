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
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Truth);
}
