import type { FileFacts } from '#syntax/facts.ts';

/** A file to read, with its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Files that several threads work off: whoever is free takes the next ones, so that no thread waits for another. */
export interface SharedWork {
  readonly sources: readonly Source[];
  /** Index of the next file nobody took, in shared memory. */
  readonly next: Int32Array;
}

const BATCH = 8;

/** Takes files until none is left and gives the facts of those this thread took. */
export function takeShare(
  { sources, next }: SharedWork,
  extract: (path: string, text: string) => FileFacts,
): FileFacts[] {
  const facts: FileFacts[] = [];
  for (let from = Atomics.add(next, 0, BATCH); from < sources.length; from = Atomics.add(next, 0, BATCH)) {
    facts.push(...sources.slice(from, from + BATCH).map(({ path, text }) => extract(path, text)));
  }
  return facts;
}
