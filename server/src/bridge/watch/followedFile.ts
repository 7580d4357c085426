import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DETECTION_LENGTH } from '../ingest/ingestText.ts';
import { resumeReading } from '../ingest/resumeReading.ts';
import { createReading, type IngestMeans, type TextReading } from '../ingest/textReading.ts';
import { HEAD_LENGTH } from '../store/progress.ts';

/** A file that is read as it grows. It stays the same file when it is renamed or deleted. */
export interface FollowedFile {
  /** Whether there is something to read. */
  hasNews(): boolean;
  /** Reads some of what was added; false where that was all. */
  readOn(): boolean;
  /** Whether it may be let go of and gone on with from where it was: else all of it must be read again. */
  canResume(): boolean;
  /** In bytes: how far it is read and how much there is. */
  progress(): { readonly position: number; readonly total: number; readonly lines: number };
  /** Writes what is counted. */
  commit(): void;
  /** Nothing was added for a moment: what is whole is counted and written. */
  rest(): void;
  /** Lets go of the file; where nothing more can come, what is left of it counts too. */
  close(final: boolean): void;
}

/** What following needs besides. */
export interface FollowMeans extends IngestMeans {
  /** It begins like no format; asked once a file. */
  readonly unknownFormat: (path: string) => void;
  /** Its text is not the one that was read any more: it was cut, or written anew. */
  readonly cut: (path: string) => void;
}

/** In bytes: one turn, after which others get theirs. */
const READ_BYTES = 256 * 1024;
/** In bytes: the end of what was read, by which a text written in place of it is told. */
const KNOWN_BY = 256;

/** Throws what `openSync` does. */
export function followFile(path: string, means: FollowMeans): FollowedFile {
  const file = openSync(path, 'r');
  let reading: TextReading | null = null;
  /** As long as there is too little to know the format by. */
  let begin = Buffer.alloc(0);
  let passedOver = false;
  let [anew, fromBeginning] = [false, false];
  /** Where the next byte is read, and what was seen last of the file. */
  let [position, seen, changed] = [0, fstatSync(file).size, 0];
  let recent = Buffer.alloc(0);

  function beginAt(place: number): void {
    [reading, begin, recent, position] = [null, Buffer.alloc(0), Buffer.alloc(0), place];
  }

  function bytesAt(place: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    return buffer.subarray(0, readSync(file, buffer, 0, length, place));
  }

  /** Something else stands where what was read stood. */
  function beginAgain(): void {
    reading?.rest();
    means.cut(path);
    beginAt(0);
    [passedOver, anew, fromBeginning, seen] = [false, false, false, 0];
  }

  function start(size: number): void {
    if (begin.length < DETECTION_LENGTH && !begin.includes(LINE_FEED)) return;
    const mark = begin.subarray(0, 3).toString('latin1') === '\xef\xbb\xbf' ? 3 : 0;
    const text = begin.subarray(mark);
    const resumed = fromBeginning ? null : resumeReading(text, { ...means, anew });
    if (resumed && resumed.position() + mark <= size) {
      beginAt(resumed.position() + mark);
      reading = resumed;
      return;
    }
    const source = isPacked(text) ? null : means.sourceOf(text.toString('utf8'));
    if (source) {
      reading = createReading({ head: text.subarray(0, HEAD_LENGTH), start: 0 }, source, { ...means, anew });
      reading.push(text);
      begin = Buffer.alloc(0);
    } else if (begin.length >= DETECTION_LENGTH || isPacked(text)) {
      passedOver = true;
      if (!isPacked(text)) means.unknownFormat(path);
    }
  }

  function take(bytes: Buffer, size: number): void {
    if (bytes.length === 0) return;
    position += bytes.length;
    recent = Buffer.concat([recent, bytes.subarray(-KNOWN_BY)]).subarray(-KNOWN_BY);
    if (reading) reading.push(bytes);
    else {
      begin = Buffer.concat([begin, bytes]);
      start(size);
    }
  }

  /** Somebody else read on, or it is not the text it seemed to be. */
  function settleBroken(): void {
    const broken = reading?.broken() ?? null;
    if (broken === null) return;
    anew = broken === 'other-text';
    fromBeginning = broken === 'lost-place';
    beginAt(0);
  }

  return {
    hasNews: () => {
      const { size, mtimeMs } = fstatSync(file);
      return size !== position || mtimeMs !== changed;
    },
    readOn: () => {
      const { size, mtimeMs } = fstatSync(file);
      changed = mtimeMs;
      if (passedOver && size >= seen) {
        [position, seen, recent] = [size, size, Buffer.alloc(0)];
        return false;
      }
      // Read together with what is known of the place, or the file may be cut in between.
      const bytes = bytesAt(
        position - recent.length,
        recent.length + Math.min(READ_BYTES, Math.max(0, size - position)),
      );
      if (size < seen || !bytes.subarray(0, recent.length).equals(recent)) {
        beginAgain();
        return size > 0;
      }
      seen = size;
      take(bytes.subarray(recent.length), size);
      settleBroken();
      return position < size;
    },
    canResume: () => reading === null || reading.source.context !== undefined,
    progress: () => ({ position, total: fstatSync(file).size, lines: reading?.lines() ?? 0 }),
    commit: () => {
      reading?.commit();
      settleBroken();
    },
    rest: () => {
      reading?.rest();
      settleBroken();
    },
    close: (final) => {
      if (final) reading?.end();
      else reading?.rest();
      closeSync(file);
    },
  };
}

const LINE_FEED = 10;

function isPacked(text: Buffer): boolean {
  return text[0] === 0x1f && text[1] === 0x8b;
}
