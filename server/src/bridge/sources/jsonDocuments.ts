import type { LineReader } from '../source.ts';

/** Values of JSON one after the other, each on a line of its own or laid out over many; what is none is unreadable. */
export function jsonDocuments(take: (value: unknown) => void, unreadable: (text: string) => void): LineReader {
  let lines: string[] = [];
  let length = 0;
  let tries = 0;
  const clear = () => {
    lines = [];
    length = 0;
    tries = 0;
  };
  const drop = () => {
    const text = lines.join('\n');
    clear();
    if (text.trim() !== '') unreadable(text);
  };
  const complete = (): boolean => {
    tries += 1;
    const value = parsed(lines.join('\n'));
    if (value === undefined) return false;
    clear();
    take(value);
    return true;
  };
  return {
    line: (text) => {
      // Layouts indent: what begins at the margin begins a value or ends one.
      const begins = text.startsWith('{') || text.startsWith('[');
      if (begins && lines.length > 0) drop();
      lines.push(text);
      length += text.length;
      if (begins || text.startsWith('}') || text.startsWith(']')) complete();
      if (length > MOST_CHARACTERS || tries > MOST_TRIES) drop();
    },
    end: () => {
      if (!complete()) drop();
    },
  };
}

/** Memory must not grow with the file: a value so long is no export that a person asked for. */
const MOST_CHARACTERS = 64 * 1024 * 1024;
/** A layout has one end at the margin; each try reads all lines again. */
const MOST_TRIES = 20;

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
