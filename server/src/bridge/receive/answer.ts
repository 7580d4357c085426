import type { ServerResponse } from 'node:http';
import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** In which form a sender wrote, and is answered. */
export type Form = 'json' | 'protobuf';

/** What OTLP calls success: of all, or of all but some spans; a message without these is a remark. */
export function success(response: ServerResponse, form: Form, rejected: number, message: string): void {
  const told =
    message === '' ? null : { ...(rejected > 0 && { rejectedSpans: String(rejected) }), errorMessage: message };
  const writer = new BinaryWriter();
  if (told) writer.tag(1, LENGTH_DELIMITED).bytes(partialSuccess(rejected, message));
  const body = form === 'json' ? JSON.stringify(told ? { partialSuccess: told } : {}) : writer.finish();
  send(response, 200, form, body);
}

/** A failure, as a `google.rpc.Status`; 503 may be sent again. */
export function failure(response: ServerResponse, form: Form, status: number, message: string): void {
  const code = CODES[status] ?? INVALID_ARGUMENT;
  const writer = new BinaryWriter().tag(1, VARINT).int32(code).tag(2, LENGTH_DELIMITED).string(message);
  if (status === 503) response.setHeader('retry-after', '1');
  if (status === 405) response.setHeader('allow', 'POST');
  send(response, status, form, form === 'json' ? JSON.stringify({ code, message }) : writer.finish());
}

const [VARINT, LENGTH_DELIMITED] = [0, 2];
const INVALID_ARGUMENT = 3;
/** Of `google.rpc.Code`. */
const CODES: Readonly<Record<number, number>> = { 403: 7, 404: 12, 405: 12, 413: 8, 500: 13, 503: 14 };

function partialSuccess(rejected: number, message: string): Uint8Array {
  return new BinaryWriter().tag(1, VARINT).int64(rejected).tag(2, LENGTH_DELIMITED).string(message).finish();
}

function send(response: ServerResponse, status: number, form: Form, body: string | Uint8Array): void {
  const bytes = Buffer.from(body);
  const type = form === 'json' ? 'application/json' : 'application/x-protobuf';
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length });
  response.end(bytes);
}
