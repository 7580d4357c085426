import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallSite } from './sourceMaps.ts';

/** A call of the client while it runs. */
export interface RunningCall {
  readonly site: CallSite | null;
  readonly model: string | null;
  readonly operation: string;
  /** Turn of the event loop in which it was started: lookups by key of one turn go out together. */
  readonly turn: number;
  /** Statements sent so far; only `querylensComments` counts them. */
  statements: number;
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
  readonly calls: RunningCall[];
}

export interface Scope {
  readonly request: RunningRequest | null;
  readonly watch: Watch | null;
  readonly call: RunningCall | null;
}

const NOWHERE: Scope = { request: null, watch: null, call: null };

interface Shared {
  readonly scopes: AsyncLocalStorage<Scope>;
  /** Something counts statements: a call without any was answered by another one's. */
  countsStatements: boolean;
}

/** One for the process, though an application may load this package both as CommonJS and as a module. */
const KEY = Symbol.for('querylens.probe');
const registry = globalThis as { [KEY]?: Shared };
registry[KEY] ??= { scopes: new AsyncLocalStorage(), countsStatements: false };

export const shared: Shared = registry[KEY];

export function currentScope(): Scope {
  return shared.scopes.getStore() ?? NOWHERE;
}

/** Runs with parts of the scope set; all that is started meanwhile sees them. */
export function within<Result>(part: Partial<Scope>, run: () => Result): Result {
  return shared.scopes.run({ ...currentScope(), ...part }, run);
}
