import type { Sample } from './sample.ts';

/** A format measurements come in. */
export interface Source {
  /** How `--format` calls it. */
  readonly id: string;
  /** One sentence for a person who asks what can be read. */
  readonly reads: string;
  /** Whether a file that begins so (some ten kilobytes of it) is of this format; the first of several that say so is taken. */
  matches(head: string): boolean;
  open(told: SourceEvents): LineReader;
  /** In bytes: so much before a place a reader must see to go on from there as if it had read all; missing where it must see all. */
  readonly context?: number;
}

/** In bytes: between a statement and what belongs to it lies less, unless it runs for minutes on a busy server. */
export const CONTEXT_OF_STATEMENTS = 4 * 1024 * 1024;

/** Takes the lines of one file in order; a record may span several. */
export interface LineReader {
  /** Without its line end. */
  line(text: string): void;
  /**
   * Nothing came for a moment, though more may come: what looks whole is told at once, and what does not is kept. Missing where nothing whole is ever
   * held back.
   */
  rest?(): void;
  /** No further line comes: what is complete is told, a record that is not is unreadable. */
  end(): void;
}

/** What a reader tells while it reads. */
export interface SourceEvents {
  sample(sample: Sample): void;
  /** A line, or several that belong together, of which nothing can be made though they should be a record; they may hold values. */
  unreadable(line: string): void;
  /** Samples the source says it could not write down: what is counted is too low by so many. */
  lost?(samples: number): void;
}
