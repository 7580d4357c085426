import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ShopRequest } from './requests.ts';

/** A running shop. */
export interface OpenShop {
  /** Sends the requests, so many at once; throws where the server fails to answer one. */
  drive(requests: readonly ShopRequest[], concurrency: number): Promise<void>;
  /** The answer as text. */
  send(request: ShopRequest): Promise<string>;
  /** Lets it end by itself, so that what it still has to write is written. */
  close(): Promise<void>;
}

/** Starts the shop that stands in a folder, on a port of its own; `args` are Node's. */
export async function openShop(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<OpenShop> {
  const server = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killed = () => server.kill('SIGKILL');
  process.once('exit', killed);
  const address = await addressOf(server);
  const send = (request: ShopRequest) => answerOf(address, request);
  return {
    send,
    drive: async (requests, concurrency) => {
      const waiting = requests.toReversed();
      const visitor = async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await send(next);
      };
      await Promise.all(Array.from({ length: concurrency }, visitor));
    },
    close: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      const [code, signal] = await ended;
      process.off('exit', killed);
      if (code !== 0) throw new Error(`the shop ended with ${code ?? signal}`);
    },
  };
}

async function addressOf(server: ChildProcess): Promise<string> {
  const said = once(server.stdout ?? server, 'data').then(([line]) => String(line));
  const ended = once(server, 'exit').then(([code]) => `it ended with ${code}`);
  const line = await Promise.race([said, ended]);
  const address = /http:\S+/.exec(line)?.[0];
  if (address === undefined) throw new Error(`the shop did not open: ${line}`);
  return address;
}

async function answerOf(address: string, { path, token, body, method }: ShopRequest): Promise<string> {
  const response = await fetch(address + path, {
    // A connection that is kept open would keep the shop from ending.
    headers: { connection: 'close', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    ...(method === undefined ? {} : { method }),
  });
  const text = await response.text();
  if (response.status >= 500) throw new Error(`${path}: ${response.status} ${text}`);
  return text;
}
