import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import type { Room } from './room.ts';

/** The body of a request, unpacked, or the answer it gets instead. */
export type ReceivedBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 | 503; readonly message: string }
  /** The sender is gone. */
  | { readonly kind: 'gone' };

/** In bytes, packed or not: an exporter sends 512 spans at a time, which is less than one megabyte. */
export const MOST_BODY_BYTES = 16 * 1024 * 1024;

const UNPACK: Readonly<Record<string, ((body: Buffer) => Promise<Buffer>) | undefined>> = {
  gzip: (body) => promisify(gunzip)(body, { maxOutputLength: MOST_BODY_BYTES }),
  deflate: (body) => promisify(inflate)(body, { maxOutputLength: MOST_BODY_BYTES }),
};

/** Reads what is sent as long as it is not too much; what was taken of the room is given back with `release`. */
export async function requestBody(request: IncomingMessage, room: Room): Promise<ReceivedBody & { release(): void }> {
  let taken = 0;
  const take = (bytes: number): boolean => {
    if (!room.take(bytes)) return false;
    taken += bytes;
    return true;
  };
  return { ...(await bodyOf(request, take)), release: () => room.give(taken) };
}

async function bodyOf(request: IncomingMessage, take: (bytes: number) => boolean): Promise<ReceivedBody> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const unpack = UNPACK[encoding];
  if (unpack === undefined && encoding !== 'identity')
    return refused(415, `content-encoding ${encoding} is not known: gzip, deflate and none are`);
  const raw = await rawBody(request, take);
  if (raw.kind !== 'whole' || unpack === undefined) return raw;
  try {
    const bytes = await unpack(raw.bytes);
    return take(bytes.length) ? { kind: 'whole', bytes } : full();
  } catch (error) {
    const tooMuch = error instanceof RangeError;
    return tooMuch ? tooLarge() : refused(400, `the body is not ${encoding}`);
  }
}

/** What is too much is read to its end without being kept, so that the sender hears why. */
function rawBody(request: IncomingMessage, take: (bytes: number) => boolean): Promise<ReceivedBody> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let length = 0;
    let refusal: ReceivedBody | null = null;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (refusal === null && length > MOST_BODY_BYTES) refusal = tooLarge();
      else if (refusal === null && !take(chunk.length)) refusal = full();
      if (refusal === null) chunks.push(chunk);
      else chunks = [];
      if (length > 4 * MOST_BODY_BYTES) request.destroy();
    });
    request.on('end', () => resolve(refusal ?? { kind: 'whole', bytes: Buffer.concat(chunks) }));
    request.on('close', () => resolve({ kind: 'gone' }));
    request.on('error', () => resolve({ kind: 'gone' }));
  });
}

function tooLarge(): ReceivedBody {
  return refused(413, `the body is larger than ${MOST_BODY_BYTES / 1024 / 1024} MB: send fewer at a time`);
}

function full(): ReceivedBody {
  return refused(503, 'too much is being received at once: send it again');
}

function refused(status: 400 | 413 | 415 | 503, message: string): ReceivedBody {
  return { kind: 'refused', status, message };
}
