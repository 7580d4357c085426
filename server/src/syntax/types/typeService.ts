import { Worker } from 'node:worker_threads';
import type { TypeQuestion, TypeVerdict } from './typeQuestion.ts';
import type { NumberedQuestion, NumberedVerdict } from './typesWorker.ts';

/** The compiler in a thread of its own, started by the first question and gone when nobody asks any more. */
export interface TypeService {
  /** Waits for the signal at most; the work goes on behind it, so that the next question finds the types loaded. */
  ask(question: TypeQuestion, signal: AbortSignal): Promise<TypeVerdict>;
  stop(): void;
}

export interface TypeServiceOptions {
  /** Absolute path of the project. */
  readonly root: string;
  readonly log: (text: string) => void;
  /** Milliseconds without a question after which the memory is given back. */
  readonly idleMs?: number;
  /** Milliseconds one question may take before the thread is ended; such a project is not tried again. */
  readonly limitMs?: number;
}

const IDLE_MS = 60_000;
const LIMIT_MS = 20_000;
const MEMORY_MB = 2048;

/** Beside this file; in the bundle it is one of its own. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './typesWorker.ts' : './types.js', import.meta.url);

export function createTypeService({
  root,
  log,
  idleMs = IDLE_MS,
  limitMs = LIMIT_MS,
}: TypeServiceOptions): TypeService {
  const waiting = new Map<number, (verdict: TypeVerdict) => void>();
  let worker: Worker | null = null;
  let number = 0;
  let hopeless: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  function end(reason: string): void {
    clearTimeout(timer);
    void worker?.terminate();
    worker = null;
    for (const tell of waiting.values()) tell({ kind: 'unknown', reason });
    waiting.clear();
  }
  function watch(): void {
    clearTimeout(timer);
    const idle = waiting.size === 0;
    timer = setTimeout(
      () => (idle ? end('it was idle') : giveUp(`types took longer than ${limitMs / 1000} s to load`)),
      idle ? idleMs : limitMs,
    );
    timer.unref();
  }
  function giveUp(reason: string): void {
    hopeless = reason;
    log(`type checks of fixes are off: ${reason}`);
    end(reason);
  }
  function started(): Worker {
    const fresh = new Worker(WORKER, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    fresh.on('message', ({ number, verdict }: NumberedVerdict) => {
      waiting.get(number)?.(verdict);
      waiting.delete(number);
      watch();
    });
    fresh.on('error', (error) => worker === fresh && giveUp(error.message));
    fresh.unref();
    return fresh;
  }
  return {
    ask: async (question, signal) => {
      if (hopeless !== null) return { kind: 'unknown', reason: hopeless };
      worker ??= started();
      const mine = ++number;
      const answer = new Promise<TypeVerdict>((resolve) => waiting.set(mine, resolve));
      worker.postMessage({ number: mine, root, question } satisfies NumberedQuestion);
      watch();
      return Promise.race([answer, ended(signal)]);
    },
    stop: () => end('the server stopped'),
  };
}

function ended(signal: AbortSignal): Promise<TypeVerdict> {
  const verdict: TypeVerdict = { kind: 'unknown', reason: "the project's types are still being loaded" };
  if (signal.aborted) return Promise.resolve(verdict);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(verdict), { once: true }));
}
