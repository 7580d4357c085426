import type { CallPlace } from './callPlace.ts';

/** A client's method as calls are told by it. */
export interface CalledMethod {
  /** Null for raw SQL. */
  readonly model: string | null;
  readonly operation: string;
  readonly client: Counting;
}

/** Whether a client's statements are counted, which shows with its first: Prisma has to be given `querylensComments`. */
export interface Counting {
  active: boolean;
}

/** What asks for queries from outside: calls made while it is answered belong together. */
export interface RunningRequest {
  readonly id: string;
  /** Asked when a sample is written, because routers learn the route late. */
  readonly route: () => string | null;
  /** Its calls are looked at; all of them or none, so that their number stays true. */
  readonly sampled: boolean;
  /** Requests this one stands for. */
  readonly weight: number;
}

/** A call of the client while it runs, and what is known of it after. */
export class RunningCall {
  readonly method: CalledMethod;
  readonly place: CallPlace;
  readonly request: RunningRequest | null;
  /** Milliseconds since 1970. */
  readonly at = Date.now();
  readonly started = performance.now();
  ms = 0;
  /** Statements sent so far, where the client has somebody who counts them. */
  statements = 0;
  /** Null where the answer is no list. */
  rows: number | null = null;
  failed = false;
  /** All calls of the transaction it is part of, where that was handed over as a list. */
  list: readonly RunningCall[] | null = null;

  constructor(method: CalledMethod, place: CallPlace, request: RunningRequest | null) {
    this.method = method;
    this.place = place;
    this.request = request;
  }
}
