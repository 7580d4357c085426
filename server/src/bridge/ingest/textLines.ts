/** A line of a text, as it lies in its bytes. */
export interface TextLine {
  /** Without its line end; null where it is longer than {@link LONGEST_LINE}. */
  readonly bytes: Buffer | null;
  /** Where it begins, in bytes. */
  readonly start: number;
  /** Where the next one begins. */
  readonly end: number;
  /** False for the last one of a text that does not end with a line end: more of it may come. */
  readonly ended: boolean;
}

/** In bytes: no log has a record of such length, and memory has an end. */
export const LONGEST_LINE = 16 * 1024 * 1024;

const LINE_FEED = 10;

/** Cuts bytes into lines. */
export interface LineCutter {
  /** The lines that are whole with these bytes. */
  push(bytes: Buffer): Iterable<TextLine>;
  /** What is left without a line end, if anything. */
  rest(): TextLine | null;
  /** In bytes: how much of the text was pushed. */
  position(): number;
}

/** `from` is where in the text the bytes begin. */
export function createLineCutter(from = 0): LineCutter {
  let start = from;
  let length = 0;
  let held: Buffer[] = [];
  const take = (bytes: Buffer, lineFeed: boolean): TextLine => {
    length += bytes.length;
    const whole = held.length === 0 || length > LONGEST_LINE ? bytes : Buffer.concat([...held, bytes]);
    const line = {
      bytes: length > LONGEST_LINE ? null : whole,
      start,
      end: start + length + (lineFeed ? 1 : 0),
      ended: lineFeed,
    };
    [start, length, held] = [line.end, 0, []];
    return line;
  };
  const hold = (bytes: Buffer): void => {
    length += bytes.length;
    if (length > LONGEST_LINE) held = [];
    else held.push(bytes);
  };
  return {
    push: function* (bytes) {
      let from = 0;
      for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, from)) {
        yield take(bytes.subarray(from, at), true);
        from = at + 1;
      }
      if (from < bytes.length) hold(bytes.subarray(from));
    },
    rest: () => (length === 0 ? null : take(Buffer.alloc(0), false)),
    position: () => start + length,
  };
}

/** The text of a line; what is no UTF-8 is shown as such. */
export function textOf(bytes: Buffer): string {
  const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  return bytes.toString('utf8', 0, end);
}

const CARRIAGE_RETURN = 13;
