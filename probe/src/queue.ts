import type { ProbeLoss } from '#shared/probeSample.ts';
import type { Sink } from './sinks/sink.ts';

/** Holds lines until the sink takes them; bounded, never waits, never throws. */
export interface Queue {
  /** The line is written out later, away from the call it is about. */
  push(line: () => string): void;
  /** Sends what is there; for the end of a process or a test. */
  flush(): Promise<void>;
}

/** Ten thousand lines are about two megabytes. */
const CAPACITY = 10_000;
const PAUSE_MS = 250;

export function openQueue(sink: Sink): Queue {
  let waiting: (() => string)[] = [];
  let lost = 0;
  let scheduled = false;
  let sending: Promise<void> = Promise.resolve();

  const take = (): readonly [text: string, count: number] => {
    const lines = waiting.map((line) => line());
    if (lost > 0) lines.push(JSON.stringify({ v: 1, lost } satisfies ProbeLoss));
    waiting = [];
    lost = 0;
    return [lines.map((line) => `${line}\n`).join(''), lines.length];
  };
  const send = async () => {
    const [text, count] = take();
    if (count > 0 && !(await sink.write(text))) lost += count;
  };
  const flush = () => {
    sending = sending.then(send);
    return sending;
  };
  const schedule = () => {
    scheduled = true;
    setTimeout(() => {
      scheduled = false;
      void flush();
    }, PAUSE_MS).unref();
  };
  const push = (line: () => string) => {
    if (waiting.length >= CAPACITY) lost += 1;
    else waiting.push(line);
    if (!scheduled) schedule();
  };
  process.once('beforeExit', () => void flush());
  process.once('exit', () => sink.writeNow(take()[0]));
  return { push, flush };
}
