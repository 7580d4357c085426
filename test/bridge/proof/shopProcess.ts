import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Load, type ShopRequest, shopRequests } from './requests.ts';

const HOOKS = join(import.meta.dirname, 'inApp/hooks.ts');

/** Runs a program of the copied shop, watched, to its end. */
export async function runInShop(folder: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--import', HOOKS, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
}

/** The running shop. */
export interface OpenShop {
  /** Throws where the server failed to answer one. */
  drive(load: Load): Promise<void>;
  /** Lets it end by itself, so that what was counted is written. */
  close(): Promise<void>;
}

export async function openShop(folder: string, main: string, env: Readonly<Record<string, string>>): Promise<OpenShop> {
  const child: ChildProcess = spawn(process.execPath, ['--import', HOOKS, main], {
    cwd: folder,
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const [line] = await once(child.stdout ?? child, 'data');
  const address = /http:\S+/.exec(String(line))?.[0];
  if (address === undefined) throw new Error(`the shop did not open: ${line}`);
  return {
    drive: async ({ routes, rounds, concurrency }) => {
      const orders = await send(address, { path: '/me/orders', token: 'token-1' });
      const numbers = (JSON.parse(orders) as readonly { readonly number: string }[]).map(({ number }) => number);
      const waiting = [...shopRequests(routes, rounds, numbers)].reverse();
      const worker = async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await send(address, next);
      };
      await Promise.all(Array.from({ length: concurrency }, worker));
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code, signal] = await ended;
      process.off('exit', killed);
      if (code !== 0) throw new Error(`the shop ended with ${code ?? signal}`);
    },
  };
}

async function send(address: string, { path, token, body, method }: ShopRequest): Promise<string> {
  const response = await fetch(address + path, {
    headers: { connection: 'close', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    ...(method === undefined ? {} : { method }),
  });
  const text = await response.text();
  if (response.status >= 500) throw new Error(`${path}: ${response.status} ${text}`);
  return text;
}
