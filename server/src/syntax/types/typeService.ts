import { Worker } from 'node:worker_threads';
import type { TypeQuestion, TypeVerdict } from './typeQuestion.ts';
import type { NumberedQuestion, NumberedVerdict } from './typesWorker.ts';

/** The compiler in a thread of its own, started by the first question and gone when nobody asks any more. */
export interface TypeService {
  /** Waits for the signal at most; a question under way goes on behind it, so that the next one finds the types loaded. */
  ask(question: TypeQuestion, signal: AbortSignal): Promise<TypeVerdict>;
  /** Why no question will be answered any more, null as long as there is hope. */
  hopeless(): string | null;
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

interface Asked {
  readonly number: number;
  readonly question: TypeQuestion;
  readonly signal: AbortSignal;
  readonly tell: (verdict: TypeVerdict) => void;
}

export function createTypeService({
  root,
  log,
  idleMs = IDLE_MS,
  limitMs = LIMIT_MS,
}: TypeServiceOptions): TypeService {
  const queue: Asked[] = [];
  let worker: Worker | null = null;
  let current: Asked | null = null;
  let count = 0;
  let lost: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  function end(reason: string): void {
    clearTimeout(timer);
    void worker?.terminate();
    worker = null;
    for (const { tell } of [...(current ? [current] : []), ...queue]) tell({ kind: 'unknown', reason });
    current = null;
    queue.length = 0;
  }
  function giveUp(reason: string): void {
    lost = reason;
    log(`type checks of fixes are off: ${reason}`);
    end(reason);
  }
  function wait(ms: number, then: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
    timer.unref();
  }
  /** One question at a time, so that those nobody waits for any more are never begun. */
  function next(): void {
    if (current) return;
    current = takeWaiting(queue, worker === null);
    if (!current) {
      wait(idleMs, () => end('it was idle'));
      return;
    }
    wait(limitMs, () => giveUp(`types took longer than ${limitMs / 1000} s to load`));
    const { number, question } = current;
    worker ??= started();
    worker.postMessage({ number, root, question } satisfies NumberedQuestion);
  }
  function started(): Worker {
    const fresh = new Worker(WORKER, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    fresh.on('message', ({ number, verdict }: NumberedVerdict) => {
      if (current?.number !== number) return;
      current.tell(verdict);
      current = null;
      next();
    });
    fresh.on('error', (error) => worker === fresh && giveUp(error.message));
    fresh.unref();
    return fresh;
  }
  return {
    ask: async (question, signal) => {
      if (lost !== null) return { kind: 'unknown', reason: lost };
      const answer = new Promise<TypeVerdict>((tell) => queue.push({ number: ++count, question, signal, tell }));
      next();
      return Promise.race([answer, ended(signal)]);
    },
    hopeless: () => lost,
    stop: () => end('the server stopped'),
  };
}

/** The first question somebody still waits for; a cold compiler is warmed by any. */
function takeWaiting(queue: Asked[], cold: boolean): Asked | null {
  for (let asked = queue.shift(); asked; asked = queue.shift()) if (cold || !asked.signal.aborted) return asked;
  return null;
}

function ended(signal: AbortSignal): Promise<TypeVerdict> {
  const verdict: TypeVerdict = { kind: 'unknown', reason: "the project's types are still being loaded" };
  if (signal.aborted) return Promise.resolve(verdict);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(verdict), { once: true }));
}
