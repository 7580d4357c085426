import { AsyncLocalStorage } from 'node:async_hooks';
import type { RunningCall, RunningRequest } from './runningCall.ts';

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
const registry = globalThis as { [KEY]?: Scopes };
registry[KEY] ??= { current: new AsyncLocalStorage(), withCalls: false };
const scopes = registry[KEY];

interface Scopes {
  readonly current: AsyncLocalStorage<Scope>;
  /** Somebody asks which call runs. */
  withCalls: boolean;
}

export function currentScope(): Scope {
  return scopes.current.getStore() ?? NOWHERE;
}

/** Runs with parts of the scope set; all that is started meanwhile sees them. */
export function within<Result>(part: Partial<Scope>, run: () => Result): Result {
  return scopes.current.run({ ...currentScope(), ...part }, run);
}

/** From now on the scope tells the call that runs, which adds to what each call costs. */
export function keepCalls(): void {
  scopes.withCalls = true;
}

/** Runs as part of a call. */
export function inCall<Result>(call: RunningCall, run: () => Result): Result {
  return scopes.withCalls ? within({ call }, run) : run();
}
