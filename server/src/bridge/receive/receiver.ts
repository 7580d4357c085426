import { createServer, type Server } from 'node:http';
import type { Deliveries } from './deliveries.ts';
import { handleRequest } from './handleRequest.ts';
import { createRoom } from './room.ts';

/** Listens for what applications on this machine send. */
export interface Receiver {
  readonly port: number;
  /** Answers what is under way and takes nothing more. */
  close(): Promise<void>;
}

export type StartedReceiver =
  | { readonly kind: 'listening'; readonly receiver: Receiver }
  /** Another program has the port. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What senders may take of this process. */
export interface ReceiverLimits {
  /** What all requests under way may hold in memory together. */
  readonly bytes: number;
  readonly connections: number;
  /** Milliseconds for the head of a request, for all of it, and between two: whoever is slower, by mistake or on purpose, holds no connection longer. */
  readonly headersMs: number;
  readonly requestMs: number;
  readonly idleMs: number;
}

/** A machine runs fewer processes that send, and each sends less at once. */
const LIMITS: ReceiverLimits = {
  bytes: 64 * 1024 * 1024,
  connections: 256,
  headersMs: 5000,
  requestMs: 20_000,
  idleMs: 60_000,
};
/** In milliseconds: requests under way have so long to end. */
const CLOSING_MS = 3000;

/** Port 0 takes any that is free. Only this machine can reach it. */
export async function startReceiver(
  port: number,
  deliveries: Pick<Deliveries, 'take'>,
  limits = LIMITS,
): Promise<StartedReceiver> {
  const around = { deliveries, room: createRoom(limits.bytes) };
  const servers: Server[] = [];
  let bound = port;
  for (const host of ['127.0.0.1', '::1']) {
    const server = newServer(limits, (request, response) => void handleRequest(request, response, around));
    const error = await listening(server, bound, host);
    if (error === null) {
      servers.push(server);
      bound = portOf(server) ?? bound;
    } else if (host === '127.0.0.1' || error.code === 'EADDRINUSE') {
      await Promise.all(servers.map(closed));
      // Where any port would do, the other address may be taken at it by chance.
      if (error.code === 'EADDRINUSE') return port === 0 ? startReceiver(port, deliveries, limits) : { kind: 'taken' };
      return { kind: 'refused', reason: error.message };
    }
  }
  return {
    kind: 'listening',
    receiver: { port: bound, close: async () => void (await Promise.all(servers.map(closed))) },
  };
}

function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

function newServer(limits: ReceiverLimits, handle: Parameters<typeof createServer>[1]): Server {
  const { headersMs: headersTimeout, requestMs: requestTimeout, idleMs: keepAliveTimeout } = limits;
  const times = { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval: headersTimeout / 5 };
  const server = createServer({ ...times, maxHeaderSize: 16 * 1024 }, handle);
  server.maxConnections = limits.connections;
  server.on('connection', (socket) => socket.on('error', () => undefined));
  return server;
}

function listening(server: Server, port: number, host: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ port, host, ipv6Only: host === '::1' }, () => {
      server.off('error', resolve);
      server.on('error', () => undefined);
      resolve(null);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const forced = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
    server.close(() => {
      clearTimeout(forced);
      resolve();
    });
    server.closeIdleConnections();
  });
}
