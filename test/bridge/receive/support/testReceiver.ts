import assert from 'node:assert/strict';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { createDeliveries, type Deliveries, type DeliveryMeans } from '#bridge/receive/deliveries.ts';
import { type ReceiverLimits, startReceiver } from '#bridge/receive/receiver.ts';
import type { Sample } from '#bridge/sample.ts';
import type { EvidenceStore } from '#bridge/store/evidenceStore.ts';
import type { Tallies } from '#bridge/store/tally.ts';
import { FIRST } from '../../support/testStore.ts';

/** Deliveries that count each sample as one of the same statement, and keep it to be looked at. */
export function testDeliveries(store: EvidenceStore, means: Partial<DeliveryMeans> = {}) {
  const samples: Sample[] = [];
  const told = { unreadable: 0, lost: 0, written: 0, failed: [] as string[] };
  const deliveries = createDeliveries({
    store,
    count: (sample: Sample, _, into: Tallies) => {
      samples.push(sample);
      into.execution(FIRST, sample.at ?? 0, 1, 1);
    },
    settle: () => undefined,
    unreadable: () => {
      told.unreadable += 1;
    },
    lost: (count) => {
      told.lost += count;
    },
    dialect: () => 'postgresql',
    takeEdits: async () => undefined,
    written: () => {
      told.written += 1;
    },
    failed: (error) => told.failed.push(String(error)),
    ...means,
  });
  return { deliveries, samples, told };
}

export const LIMITS: ReceiverLimits = {
  ...{ bytes: 64 * 1024 * 1024, connections: 20, headersMs: 5000, requestMs: 20_000, idleMs: 5000 },
};

/** A receiver on a port of its own, closed after the test. */
export async function testReceiver(
  context: { after(hook: () => Promise<void>): void },
  deliveries: Pick<Deliveries, 'take'>,
  limits: Partial<ReceiverLimits> = {},
) {
  const started = await startReceiver(0, deliveries, { ...LIMITS, ...limits });
  assert.ok(started.kind === 'listening');
  context.after(() => started.receiver.close());
  return started.receiver;
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly type?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  readonly host?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Unlike `fetch` it lets any header be sent. */
export function send(port: number, sent: Sent): Promise<Answered> {
  const {
    method = 'POST',
    path = '/v1/traces',
    type = 'application/json',
    headers,
    body = '',
    host = '127.0.0.1',
  } = sent;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { port, host, method, path, agent: false, headers: { ...(type !== '' && { 'content-type': type }), ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
