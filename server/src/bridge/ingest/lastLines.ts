import { hashOf } from '../store/progress.ts';

/** The lines before a place in a text, by which it is known again. */
export interface LastLines {
  push(line: Buffer): void;
  hash(): string;
}

/** In bytes: some lines of most logs. */
const ENOUGH = 1024;

export function createLastLines(): LastLines {
  const lines: Buffer[] = [];
  let length = 0;
  return {
    push: (line) => {
      lines.push(line);
      length += line.length;
      for (let first = lines[0]; first && length - first.length >= ENOUGH; first = lines[0]) {
        length -= first.length;
        lines.shift();
      }
    },
    hash: () => hashOf(Buffer.concat(lines)),
  };
}
