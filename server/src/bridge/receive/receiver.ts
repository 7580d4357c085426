import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** In bytes: what all requests under way may hold in memory together. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A development machine runs fewer processes that send. */
const MOST_CONNECTIONS = 256;
/** In milliseconds: whoever sends slower than that, by mistake or on purpose, holds no connection longer. */
const [HEADERS_MS, REQUEST_MS, IDLE_MS] = [5000, 20_000, 60_000];
/** In milliseconds: requests under way have so long to end. */
const CLOSING_MS = 3000;

/** Port 0 takes any that is free. Only this machine can reach it. */
export async function startReceiver(port: number, deliveries: Pick<Deliveries, 'take'>): Promise<StartedReceiver> {
  const around = { deliveries, room: createRoom(MOST_BYTES) };
  const servers: Server[] = [];
  let bound = port;
  for (const host of ['127.0.0.1', '::1']) {
    const server = newServer((request, response) => void handleRequest(request, response, around));
    const error = await listening(server, bound, host);
    if (error === null) {
      servers.push(server);
      bound = (server.address() as AddressInfo).port;
    } else if (host === '127.0.0.1' || error.code === 'EADDRINUSE') {
      await Promise.all(servers.map(closed));
      // Where any port would do, the other address may be taken at it by chance.
      if (error.code === 'EADDRINUSE') return port === 0 ? startReceiver(port, deliveries) : { kind: 'taken' };
      return { kind: 'refused', reason: error.message };
    }
  }
  return {
    kind: 'listening',
    receiver: { port: bound, close: async () => void (await Promise.all(servers.map(closed))) },
  };
}

function newServer(handle: Parameters<typeof createServer>[1]): Server {
  const times = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: IDLE_MS };
  const server = createServer({ ...times, connectionsCheckingInterval: 1000, maxHeaderSize: 16 * 1024 }, handle);
  server.maxConnections = MOST_CONNECTIONS;
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
