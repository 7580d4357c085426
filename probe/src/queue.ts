import type { ProbeLoss } from '#shared/probeSample.ts';
import type { Sink } from './sinks/sink.ts';

/** Holds what is to be written until the sink takes it; bounded, never waits, never throws. */
export interface Queue<Item> {
  push(item: Item): void;
  /** Sends what is there; for the end of a process or a test. */
  flush(): Promise<void>;
}

/** Ten thousand calls are a few megabytes, as lines about two. */
const CAPACITY = 10_000;
const PAUSE_MS = 250;

/** Lines written at once: one or two milliseconds. */
const SLICE = 500;

/** A queue whose items are made lines of away from the calls they are about. */
export function openQueue<Item>(sink: Sink, lineOf: (item: Item) => string): Queue<Item> {
  let waiting: Item[] = [];
  let lost = 0;
  let scheduled = false;
  let sending: Promise<void> = Promise.resolve();

  const take = (most: number) => {
    const lines = waiting.slice(0, most).map(lineOf);
    const calls = lines.length;
    waiting = waiting.slice(most);
    const told = waiting.length === 0 ? lost : 0;
    lost -= told;
    if (told > 0) lines.push(JSON.stringify({ v: 1, lost: told } satisfies ProbeLoss));
    return { text: lines.map((line) => `${line}\n`).join(''), calls: calls + told };
  };
  const send = async () => {
    for (let left = waiting.length; left > 0 || lost > 0; left -= SLICE) {
      const { text, calls } = take(SLICE);
      if (await sink.write(text)) continue;
      lost += calls;
      return;
    }
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
  const push = (item: Item) => {
    if (waiting.length >= CAPACITY) lost += 1;
    else waiting.push(item);
    if (!scheduled) schedule();
  };
  process.once('beforeExit', () => void flush());
  process.once('exit', () => sink.writeNow(take(waiting.length).text));
  return { push, flush };
}
