import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Form, failure, success } from './answer.ts';
import type { Deliveries } from './deliveries.ts';
import { type Delivery, deliveryOfLines, deliveryOfMetrics, deliveryOfTraces } from './delivery.ts';
import { foreignRequest } from './loopback.ts';
import { requestBody } from './requestBody.ts';
import type { Room } from './room.ts';

/** Answers one request; never throws. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { deliveries, room }: { readonly deliveries: Pick<Deliveries, 'take'>; readonly room: Room },
): Promise<void> {
  const form: Form = contentType(request).includes('protobuf') ? 'protobuf' : 'json';
  try {
    const refusal = refusalOf(request);
    if (refusal) {
      request.resume();
      return failure(response, form, ...refusal);
    }
    const { release, ...body } = await requestBody(request, room);
    try {
      if (body.kind === 'gone') return;
      if (body.kind === 'refused') return failure(response, form, body.status, body.message);
      if (pathOf(request) === LOGS) return success(response, form, 0, LOGS_ARE_DROPPED);
      const delivery = accepts(request)?.read(body.bytes) ?? null;
      if (delivery === null) return failure(response, form, 400, 'the body is not what its content-type says');
      if (!(await deliveries.take(delivery))) return failure(response, form, 503, 'it could not be written');
      success(response, form, delivery.unreadable, delivery.unreadable > 0 ? 'some lack their ids, name or times' : '');
    } finally {
      release();
    }
  } catch {
    if (!response.headersSent) failure(response, form, 500, 'this is a bug in Querylens');
  }
}

/** Whoever sends traces may send logs to the same place without being asked to, and would complain of a refusal for ever. */
const LOGS = '/v1/logs';
const LOGS_ARE_DROPPED = 'logs are not read';
const NOTHING = () => null;

/** What may be sent, by path and type. */
const ACCEPTED: Readonly<Record<string, Readonly<Record<string, (body: Buffer) => Delivery | null>>>> = {
  '/v1/traces': {
    'application/json': (body) => deliveryOfTraces(body, 'json'),
    'application/x-protobuf': (body) => deliveryOfTraces(body, 'protobuf'),
    'application/protobuf': (body) => deliveryOfTraces(body, 'protobuf'),
  },
  '/v1/metrics': {
    'application/json': (body) => deliveryOfMetrics(body, 'json'),
    'application/x-protobuf': (body) => deliveryOfMetrics(body, 'protobuf'),
    'application/protobuf': (body) => deliveryOfMetrics(body, 'protobuf'),
  },
  [LOGS]: { 'application/json': NOTHING, 'application/x-protobuf': NOTHING, 'application/protobuf': NOTHING },
  '/v1/samples': { 'application/x-ndjson': deliveryOfLines },
};

function pathOf({ url = '' }: IncomingMessage): string {
  return url.replace(/\?.*$/s, '').replace(/(?<=.)\/$/, '');
}

function contentType({ headers }: IncomingMessage): string {
  return (headers['content-type'] ?? '').replace(/;.*$/s, '').trim().toLowerCase();
}

function accepts(request: IncomingMessage): { readonly read: (body: Buffer) => Delivery | null } | null {
  const read = ACCEPTED[pathOf(request)]?.[contentType(request)];
  return read ? { read } : null;
}

function refusalOf(request: IncomingMessage): readonly [status: number, message: string] | null {
  const foreign = foreignRequest(request.headers);
  if (foreign !== null) return [403, foreign];
  const types = Object.hasOwn(ACCEPTED, pathOf(request)) ? ACCEPTED[pathOf(request)] : undefined;
  if (types === undefined) return [404, `there are ${Object.keys(ACCEPTED).join(', ')}`];
  if (request.method !== 'POST') return [405, 'only POST is understood'];
  if (!Object.hasOwn(types, contentType(request)))
    return [415, `the content-type must be ${Object.keys(types).join(' or ')}`];
  return null;
}
