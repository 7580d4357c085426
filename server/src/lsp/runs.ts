import { StaleWork } from './runSafe.ts';

/** Work that is done again after its inputs changed: one run at a time, a stale one is aborted, its waiters get the next result. */
export interface Runs<Result> {
  /** The inputs changed: whatever is under way is stale, and a new run starts once nothing has changed for a while. */
  touch(): void;
  /** The result over the present inputs, started at once; rejects when that run fails, or with the signal's reason. */
  current(signal?: AbortSignal): Promise<Result>;
  /** The same without hurry: waits for the pause a changed input is given. */
  settled(signal?: AbortSignal): Promise<Result>;
  /** Ends the run under way and whoever waits for it; the next change or question starts anew. */
  cancel(reason: Error): void;
}

interface Waiter<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes {@link Runs} of `work`, which must end soon after its signal is aborted. */
export function createRuns<Result>(work: (signal: AbortSignal) => Promise<Result>, pauseMs: number): Runs<Result> {
  let inputs = 1;
  let done: { readonly inputs: number; readonly result: Result } | null = null;
  let running: AbortController | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let waiting = new Set<Waiter<Result>>();

  const settle = (tell: (waiter: Waiter<Result>) => void): void => {
    const told = waiting;
    waiting = new Set();
    for (const waiter of told) tell(waiter);
  };
  const start = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    again = running !== null;
    if (running) return;
    const mine = inputs;
    const controller = new AbortController();
    running = controller;
    try {
      const result = await work(controller.signal);
      if (mine === inputs) {
        done = { inputs, result };
        settle(({ resolve }) => resolve(result));
      }
    } catch (error) {
      if (mine === inputs) settle(({ reject }) => reject(error));
    }
    running = null;
    if (again && mine !== inputs) void start();
  };
  const wait = (signal: AbortSignal | undefined): Promise<Result> => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (done?.inputs === inputs) return Promise.resolve(done.result);
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      waiting.add(waiter);
      signal?.addEventListener('abort', () => waiting.delete(waiter) && reject(signal.reason), { once: true });
    });
  };
  return {
    touch: () => {
      inputs++;
      running?.abort(new StaleWork('the workspace changed'));
      clearTimeout(timer);
      timer = setTimeout(start, pauseMs);
    },
    current: (signal) => {
      const result = wait(signal);
      if (waiting.size > 0) void start();
      return result;
    },
    settled: (signal) => {
      const result = wait(signal);
      if (waiting.size > 0 && timer === undefined) void start();
      return result;
    },
    cancel: (reason) => {
      clearTimeout(timer);
      timer = undefined;
      again = false;
      running?.abort(reason);
      settle(({ reject }) => reject(reason));
    },
  };
}
