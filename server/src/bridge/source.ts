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
}

/** Takes the lines of one file in order; a record may span several. */
export interface LineReader {
  /** Without its line end. */
  line(text: string): void;
  /**
   * No further line comes: what is complete is told, a record that is not is unreadable. A log that is followed may be ended where a record
   * is whole, so that it is told at once, and go on.
   */
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
