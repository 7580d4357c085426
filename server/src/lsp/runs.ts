import { StaleWork } from './runSafe.ts';

/** Work that is done again after its inputs changed: one run at a time, a stale one is aborted, who waited for it waits for the next. */
export interface Runs {
  /** The inputs changed: whatever is under way is stale, and a new run starts once nothing has changed for a while. */
  touch(): void;
  /** Resolves when the work is done over the present inputs, started at once; rejects when it fails, or with the signal's reason. */
  current(signal?: AbortSignal): Promise<void>;
  /** The same without hurry: waits for the pause a changed input is given. */
  settled(signal?: AbortSignal): Promise<void>;
  /** Ends the run under way and whoever waits for it; the next change or question starts anew. */
  cancel(reason: Error): void;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Makes {@link Runs} of `work`, which must end soon after its signal is aborted. */
export function createRuns(work: (signal: AbortSignal) => Promise<void>, pauseMs: number): Runs {
  let inputs = 1;
  let done = 0;
  let running: { readonly inputs: number; readonly controller: AbortController } | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let waiting = new Set<Waiter>();

  const tell = (say: (waiter: Waiter) => void): void => {
    const told = waiting;
    waiting = new Set();
    for (const waiter of told) say(waiter);
  };
  const start = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    again = running !== null && running.inputs !== inputs;
    if (running) return;
    const mine = inputs;
    running = { inputs, controller: new AbortController() };
    try {
      await work(running.controller.signal);
      if (mine === inputs) done = mine;
      if (mine === inputs) tell(({ resolve }) => resolve());
    } catch (error) {
      if (mine === inputs) tell(({ reject }) => reject(error));
    }
    running = null;
    if (again) void start();
  };
  const wait = (signal: AbortSignal | undefined): Promise<void> => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (done === inputs) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      waiting.add(waiter);
      signal?.addEventListener('abort', () => waiting.delete(waiter) && reject(signal.reason), { once: true });
    });
  };
  const outdate = (reason: Error): void => {
    inputs++;
    again = false;
    running?.controller.abort(reason);
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    touch: () => {
      outdate(new StaleWork('the workspace changed'));
      timer = setTimeout(start, pauseMs);
    },
    current: (signal) => {
      const present = wait(signal);
      if (waiting.size > 0) void start();
      return present;
    },
    settled: (signal) => {
      const present = wait(signal);
      if (waiting.size > 0 && timer === undefined) void start();
      return present;
    },
    cancel: (reason) => {
      outdate(reason);
      tell(({ reject }) => reject(reason));
    },
  };
}
