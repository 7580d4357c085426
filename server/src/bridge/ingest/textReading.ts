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
 * Why reading on is of no use. `overtaken`: another process read on in the same text meanwhile. `other-text`: it begins like one that was read and goes
 * on differently; reading must begin again `anew`. `lost-place`: begun in the middle, it is not seen whether it is the text that was read; reading
 * must begin at the beginning.
 */
export type Broken = 'overtaken' | 'other-text' | 'lost-place';

/** `known`: all of it was counted before. `nothing`: no execution is in it. */
export type Ended = 'counted' | 'known' | 'nothing';

export function isBroken<Other>(outcome: Other | Broken): outcome is Broken {
  return outcome === 'overtaken' || outcome === 'other-text' || outcome === 'lost-place';
}

/** One text on its way into the store: only what was not counted before counts, a batch at a time, together with how far it came. */
export interface TextReading {
  readonly source: Source;
  push(bytes: Buffer): void;
  /** Where the next line begins, in bytes. */
  position(): number;
  lines(): number;
  /** Null where there is use in reading on. */
  broken(): Broken | null;
  /** Writes what was counted and is not written. */
  commit(): void;
  /** Nothing more comes for the moment: what is whole is counted and written. Reading may go on. */
  rest(): void;
  /** Nothing more comes. */
  end(): Ended | Broken;
}

/** Where a text begins and where its reading does. */
export interface ReadingPlace {
  /** How the text begins: {@link HEAD_LENGTH} bytes, or as many as there are. */
  readonly head: Buffer;
  /** In bytes: 0, or the middle of a line that is passed over. What was counted before must lie behind it. */
  readonly start: number;
}

/** Samples of one transaction: its cost is spread over many, and little is read again after an end in the middle. */
const BATCH_SAMPLES = 20_000;
/** Keeps the memory for a log of ever new statements bounded. */
const BATCH_TALLIES = 5_000;
/** In bytes: lines without samples that are read again rather than written down. */
const UNWRITTEN = 1024 * 1024;

export function createReading({ head: begin, start }: ReadingPlace, source: Source, means: IngestMeans): TextReading {
  const { store, batchSamples = BATCH_SAMPLES } = means;
  const [cutter, lastLines, tallies] = [createLineCutter(start), createLastLines(), createTallies()];
  let head = begin;
  const newest = store.newestText();
  let before: Progress | null = store.progress(head);
  const counted = means.anew ? 0 : (before?.position ?? 0);
  let toSkip = means.anew ? 0 : (before?.countedBeyond ?? 0);
  /** Where the next line begins, and up to where all is written. */
  let [position, written] = [start, counted];
  /** Samples since then, since the last commit, and in all. */
  let [beyond, batch, total, lines] = [0, 0, 0, 0];
  let cutInto = start > 0;
  let counting = counted === 0;
  let broken: Broken | null = null;

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

  /** A text in which nothing was found may have been read as what it is not. */
  const isWorthWriting = (unwritten: number) =>
    counting && (batch > 0 || ((total > 0 || before !== null) && position - written > unwritten));

  function commit(): void {
    means.settle?.(tallies);
    const to = { position, tail: lastLines.hash(), countedBeyond: beyond + toSkip };
    if (store.write(tallies.take(), { from: before, head, to, newest })) means.written?.();
    else broken = 'overtaken';
    before = store.progress(head);
    batch = 0;
    written = position;
  }

  function feed({ bytes, end, ended }: TextLine): void {
    lines += 1;
    if (cutInto) cutInto = false;
    else if (bytes !== null) reader.line(textOf(bytes));
    else if (counting) means.unreadable();
    if (!ended) return;
    position = end;
    beyond = 0;
    lastLines.push(bytes ?? Buffer.alloc(0));
    if (counting && (batch >= batchSamples || tallies.size >= BATCH_TALLIES)) commit();
    if (counting || position < counted) return;
    counting = true;
    if (position !== counted || lastLines.hash() !== before?.tail) broken = start > 0 ? 'lost-place' : 'other-text';
  }

  return {
    source,
    push: (bytes) => {
      for (const line of cutter.push(bytes)) if (broken === null) feed(line);
      // A text that is still short is known by all of it, and by more when it grows.
      if (start === 0 && head.length < HEAD_LENGTH && cutter.position() > head.length)
        head = Buffer.concat([head, bytes.subarray(bytes.length - (cutter.position() - head.length))]).subarray(
          0,
          HEAD_LENGTH,
        );
    },
    position: () => position,
    lines: () => lines,
    broken: () => broken,
    commit: () => {
      if (broken === null && isWorthWriting(UNWRITTEN)) commit();
    },
    rest: () => {
      if (broken !== null || !counting) return;
      reader.rest?.();
      if (isWorthWriting(UNWRITTEN)) commit();
    },
    end: () => {
      const rest = cutter.rest();
      if (rest && broken === null) feed(rest);
      if (broken !== null) return broken;
      if (!counting) return 'known';
      reader.end();
      if (isWorthWriting(0)) commit();
      if (broken !== null || total > 0) return broken ?? 'counted';
      return before === null ? 'nothing' : 'known';
    },
  };
}
