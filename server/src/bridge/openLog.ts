import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** What a log is read from: a path, or bytes that come from elsewhere, such as the standard input. */
export type LogInput = string | AsyncIterable<Buffer>;

/** In bytes: fewer and larger reads than a stream's own. */
const READ_BYTES = 256 * 1024;

/**
 * The bytes of a log as UTF-8, unpacked where it is gzip and without a byte order mark, whatever it is called. A file that cannot be read
 * throws; one that was cut off while it was packed ends early, and says so.
 */
export async function* openLog(input: LogInput, cutOff: () => void): AsyncGenerator<Buffer> {
  const raw = typeof input === 'string' ? createReadStream(input, { highWaterMark: READ_BYTES }) : input;
  const { begin, all } = await peeked(raw);
  if (begin[0] === 0x1f && begin[1] === 0x8b) yield* withoutMark(unpacked(all, cutOff));
  else yield* withoutMark(all);
}

/** The bytes of a plain file behind a place. */
export function readFrom(path: string, start: number): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: READ_BYTES, start });
}

/** The first bytes of a file as they lie in it, or as many as there are. */
export function headOf(path: string, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(file, buffer, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

async function* unpacked(bytes: AsyncIterable<Buffer>, cutOff: () => void): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: READ_BYTES });
  // A failure shows where it is read from.
  pipeline(Readable.from(bytes), gunzip, () => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (!isDamage(error)) throw error;
    cutOff();
  }
}

/** zlib's own errors: the end is missing, or what follows is no gzip. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_(?:BUF|DATA)_ERROR$/.test(String(error.code));
}

/** PowerShell writes UTF-16 where others write UTF-8. */
async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { begin, all } = await peeked(bytes);
  if (begin[0] === 0xff && begin[1] === 0xfe) yield* fromUtf16(all);
  else yield* begin.toString('latin1') === '\xef\xbb\xbf' ? without(all, begin.length) : all;
}

async function* fromUtf16(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-16le');
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* without(bytes: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of bytes) {
    if (chunk.length > left) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

const MARK_BYTES = 3;

/** The first bytes, and all of them. */
async function peeked(bytes: AsyncIterable<Buffer>) {
  const iterator = bytes[Symbol.asyncIterator]();
  let begin = Buffer.alloc(0);
  while (begin.length < MARK_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    begin = Buffer.concat([begin, next.value]);
  }
  return { begin: begin.subarray(0, MARK_BYTES), all: prepended(begin, iterator) };
}

async function* prepended(begin: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (begin.length > 0) yield begin;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
