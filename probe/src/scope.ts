import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallSite } from './sourceMaps.ts';

/** A call of the client while it runs. */
export interface RunningCall {
  readonly site: CallSite | null;
  readonly model: string | null;
  readonly operation: string;
  /** Statements sent so far, where the client has somebody who counts them. */
  statements: number;
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
}

/** What a test collects while it runs. */
export interface Watch {
  readonly calls: WatchedCall[];
}

export interface WatchedCall {
  readonly call: RunningCall;
  /** Turn of the event loop in which it was started. */
  readonly turn: number;
  /** It was started while a lookup by key from the same place was on its way in the same turn: Prisma sends such together. */
  readonly joined: boolean;
  answered: boolean;
}

export interface Scope {
  readonly request: RunningRequest | null;
  readonly watch: Watch | null;
  readonly call: RunningCall | null;
}

const NOWHERE: Scope = { request: null, watch: null, call: null };

/** One for the process, though an application may load this package both as CommonJS and as a module. */
const KEY = Symbol.for('querylens.probe');
const registry = globalThis as { [KEY]?: AsyncLocalStorage<Scope> };
registry[KEY] ??= new AsyncLocalStorage();
const scopes = registry[KEY];

export function currentScope(): Scope {
  return scopes.getStore() ?? NOWHERE;
}

/** Runs with parts of the scope set; all that is started meanwhile sees them. */
export function within<Result>(part: Partial<Scope>, run: () => Result): Result {
  return scopes.run({ ...currentScope(), ...part }, run);
}
