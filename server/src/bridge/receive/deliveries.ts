import type { Dialect } from '#schema/sqlTokens.ts';
import type { Sample } from '../sample.ts';
import type { Source } from '../source.ts';
import { otlp } from '../sources/otlp.ts';
import { spanStatements } from '../sources/otlpStatements.ts';
import type { EvidenceStore } from '../store/evidenceStore.ts';
import { createTallies, type Tallies } from '../store/tally.ts';
import type { Delivery } from './delivery.ts';
import { deliveryLog } from './deliveryLog.ts';
import { heldStatements } from './heldStatements.ts';

/** What counting deliveries needs around it. */
export interface DeliveryMeans {
  readonly store: EvidenceStore;
  readonly count: (sample: Sample, source: Source, into: Tallies) => void;
  /** See `SampleCounter.settle`. */
  readonly settle: (into: Tallies) => void;
  readonly unreadable: () => void;
  readonly lost: (samples: number) => void;
  /** What the project's database reads. */
  readonly dialect: () => Dialect;
  /** Asked before a batch is counted; it never rejects. */
  readonly takeEdits: () => Promise<void>;
  /** A batch is in the store. */
  readonly written: () => void;
  /** It could not be written, and is tried again. */
  readonly failed: (error: unknown) => void;
  /** In milliseconds since 1970. */
  readonly now?: () => number;
}

/** Counts what senders deliver, several at a time, each batch in one transaction. */
export interface Deliveries {
  /** True once all of it is in the store, false where that failed: then it may be sent again, and counts once. Never throws. */
  take(delivery: Delivery): Promise<boolean>;
  /** Writes what is there, and what waits for its call with what is known of it. */
  close(): Promise<void>;
}

/** In milliseconds: what comes within it is written together. A sender waits so long, and exporters of single spans give up while 30 of them wait. */
const GATHER_MS = 3;
/** In milliseconds: how often what waits is looked at, and what could not be written is tried again. */
const LOOK_MS = 1000;
/** In milliseconds: the call of a statement is exported by then, at the latest with the next two batches of an exporter. */
const PATIENCE_MS = 30_000;

export function createDeliveries(means: DeliveryMeans): Deliveries {
  const { store, now = Date.now } = means;
  const tallies = createTallies();
  const [log, held] = [deliveryLog(store.database, now), heldStatements(store.database, now)];
  const statements = spanStatements((sample) => countSample(sample, otlp), now);
  let queue: Queued[] = [];
  let unwritten: ReturnType<Tallies['take']> | null = null;
  let working: Promise<void> | null = null;
  let scheduled: NodeJS.Timeout | null = null;

  function countSample(sample: Sample, source: Source): void {
    try {
      means.count(sample, source, tallies);
    } catch {
      means.unreadable();
    }
  }

  function count({ spans, samples, source, unreadable, lost }: Delivery): void {
    statements.take(spans);
    for (const sample of samples) countSample(sample, source);
    for (let left = unreadable; left > 0; left -= 1) means.unreadable();
    if (lost > 0) means.lost(lost);
  }

  /** What could not be written is tried again first. */
  function write(): boolean {
    if (unwritten === null) means.settle(tallies);
    const batch = unwritten ?? tallies.take();
    unwritten = batch;
    try {
      const writing = store.database.transaction(() => {
        store.write(batch, null);
        held.write(statements.waiting, means.dialect());
        log.write();
      });
      writing.immediate();
    } catch (error) {
      means.failed(error);
      return false;
    }
    unwritten = null;
    held.written();
    log.written();
    means.written();
    return true;
  }

  async function work(): Promise<void> {
    if (queue.length > 0) await means.takeEdits();
    const batch = queue;
    queue = [];
    const done = (unwritten === null || write()) && counted(batch);
    for (const { answer } of batch) answer(done);
  }

  function counted(batch: readonly Queued[]): boolean {
    for (const { delivery } of batch) if (log.add(delivery.hash)) count(delivery);
    statements.expire(now() - PATIENCE_MS);
    for (const sample of held.abandoned()) countSample(sample, otlp);
    return write();
  }

  function run(): Promise<void> {
    scheduled = null;
    working = (working ?? Promise.resolve()).then(work).finally(schedule);
    return working;
  }

  function schedule(): void {
    if (queue.length > 0) scheduled ??= setTimeout(run, GATHER_MS);
  }

  const looking = setInterval(() => {
    if (queue.length === 0 && (statements.waiting.length > 0 || unwritten !== null || held.mayBeAbandoned()))
      void run();
  }, LOOK_MS);
  looking.unref();
  return {
    take: (delivery) =>
      new Promise((answer) => {
        queue.push({ delivery, answer });
        schedule();
      }),
    close: async () => {
      clearInterval(looking);
      if (scheduled) clearTimeout(scheduled);
      await run();
      statements.end();
      if (unwritten === null || write()) write();
    },
  };
}

interface Queued {
  readonly delivery: Delivery;
  readonly answer: (written: boolean) => void;
}
