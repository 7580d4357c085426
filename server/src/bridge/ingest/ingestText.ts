import type { Sample } from '../sample.ts';
import type { LineReader, Source } from '../source.ts';
import type { EvidenceStore } from '../store/evidenceStore.ts';
import { HEAD_LENGTH, type Progress } from '../store/progress.ts';
import { createTallies, type Tallies } from '../store/tally.ts';
import { createLastLines } from './lastLines.ts';
import { createLineCutter, type TextLine, textOf } from './textLines.ts';

/** What ingesting needs around it. */
export interface IngestMeans {
  readonly store: EvidenceStore;
  /** The format of a text that begins so, null where it is none. */
  readonly sourceOf: (head: string) => Source | null;
  /** Counts a sample that was not counted before. */
  readonly count: (sample: Sample, source: Source, into: Tallies) => void;
  /** Called after each write. */
  readonly written?: () => void;
  /** Counts what is still held back, see `SampleCounter.settle`. */
  readonly settle?: (into: Tallies) => void;
  /** A line that should be a record and is none; the same may come again when the text is read again. */
  readonly unreadable: () => void;
  /** So many samples the source could not write down. */
  readonly lost?: (samples: number) => void;
  /** How far reading is, in bytes, and how many lines that were. */
  readonly onProgress?: (position: number, lines: number) => void;
  /** Counts all of it, whatever was read of a text that begins so. */
  readonly anew?: boolean;
  /** Samples of one transaction; {@link BATCH_SAMPLES} unless a test wants more of them. */
  readonly batchSamples?: number;
}

/**
 * `known`: all of it was counted before. `nothing`: no execution is in it. `overtaken`: another process read on in the same text meanwhile. `other-text`: it begins like one that
 * was read and goes on differently. After these two, reading must begin again, after the last one `anew`.
 */
export type Ingested = 'counted' | 'known' | 'nothing' | 'overtaken' | 'other-text' | 'empty' | 'unknown-format';

/**
 * Reads a text from its beginning and counts what was not counted before: a batch at a time, together with how far it came, so that
 * nothing is lost and nothing counts twice, wherever it is stopped.
 */
export async function ingestText(chunks: AsyncIterable<Buffer>, means: IngestMeans): Promise<Ingested> {
  let reading: TextReading | 'empty' | 'unknown-format' | null = null;
  let begun: readonly Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    if (reading === null) {
      begun = [...begun, chunk];
      length += chunk.length;
      if (length < DETECTION_LENGTH) continue;
      reading = startReading(Buffer.concat(begun), means);
    } else if (typeof reading === 'object') reading.push(chunk);
    if (typeof reading === 'string') return reading;
    const broken = reading.broken();
    if (broken !== null) return broken;
    means.onProgress?.(reading.position(), reading.lines());
  }
  reading ??= startReading(Buffer.concat(begun), means);
  return typeof reading === 'string' ? reading : reading.end();
}

/** In bytes: what a format is known by. */
const DETECTION_LENGTH = 16 * 1024;

function startReading(begin: Buffer, means: IngestMeans): TextReading | 'empty' | 'unknown-format' {
  if (begin.length === 0) return 'empty';
  const source = means.sourceOf(begin.subarray(0, DETECTION_LENGTH).toString('utf8'));
  if (source === null) return 'unknown-format';
  const reading = createReading(begin.subarray(0, HEAD_LENGTH), source, means);
  reading.push(begin);
  return reading;
}

interface TextReading {
  push(bytes: Buffer): void;
  position(): number;
  lines(): number;
  /** Why there is no use in reading on, null where there is. */
  broken(): 'overtaken' | 'other-text' | null;
  end(): Ingested;
}

/** Samples of one transaction: its cost is spread over many, and little is read again after an end in the middle. */
const BATCH_SAMPLES = 20_000;
/** Keeps the memory for a log of ever new statements bounded. */
const BATCH_TALLIES = 5_000;

function createReading(head: Buffer, source: Source, means: IngestMeans): TextReading {
  const { store, batchSamples = BATCH_SAMPLES } = means;
  const [cutter, lastLines, tallies] = [createLineCutter(), createLastLines(), createTallies()];
  let before: Progress | null = store.progress(head);
  const counted = means.anew ? 0 : (before?.position ?? 0);
  let toSkip = means.anew ? 0 : (before?.countedBeyond ?? 0);
  /** Where the next line begins. */
  let position = 0;
  let lines = 0;
  /** Samples since then, since the last commit, and in all. */
  let [beyond, batch, total] = [0, 0, 0];
  let counting = counted === 0;
  let broken: 'overtaken' | 'other-text' | null = null;

  const reader: LineReader = source.open({
    sample: (sample) => {
      if (!counting) return;
      beyond += 1;
      if (toSkip > 0) toSkip -= 1;
      else {
        batch += 1;
        total += 1;
        means.count(sample, source, tallies);
      }
    },
    unreadable: () => {
      if (counting) means.unreadable();
    },
    lost: (samples) => {
      if (counting) means.lost?.(samples);
    },
  });

  function commit(): void {
    means.settle?.(tallies);
    const to = { position, tail: lastLines.hash(), countedBeyond: beyond + toSkip };
    if (store.write(tallies.take(), { from: before, head, to })) means.written?.();
    else broken = 'overtaken';
    before = store.progress(head);
    batch = 0;
  }

  function feed({ bytes, end, ended }: TextLine): void {
    lines += 1;
    if (bytes !== null) reader.line(textOf(bytes));
    else if (counting) means.unreadable();
    if (!ended) return;
    position = end;
    beyond = 0;
    lastLines.push(bytes ?? Buffer.alloc(0));
    if (counting && (batch >= batchSamples || tallies.size >= BATCH_TALLIES)) commit();
    if (counting || position < counted) return;
    counting = true;
    if (position !== counted || lastLines.hash() !== before?.tail) broken = 'other-text';
  }

  return {
    push: (bytes) => {
      for (const line of cutter.push(bytes)) if (broken === null) feed(line);
    },
    position: () => position,
    lines: () => lines,
    broken: () => broken,
    end: () => {
      const rest = cutter.rest();
      if (rest && broken === null) feed(rest);
      if (broken !== null) return broken;
      if (!counting) return 'known';
      reader.end();
      // A text in which nothing was found may have been read as what it is not.
      if (total > 0 || (before !== null && position > counted)) commit();
      if (broken !== null || total > 0) return broken ?? 'counted';
      return before === null ? 'nothing' : 'known';
    },
  };
}
