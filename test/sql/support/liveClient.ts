import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { Call } from '#sql/prismaCompiler.ts';
import { generateClient } from '#test/support/types/generatedClient.ts';

type Delegate = Readonly<Record<string, (args: unknown) => Promise<unknown>>>;

interface Client {
  readonly [delegate: string]: unknown;
  $on(event: 'query', listener: (event: { readonly query: string }) => void): void;
  $disconnect(): Promise<void>;
}

/** A really generated client on a real SQLite database that says which statements its calls send. */
export interface LiveClient {
  /** Statements of one call in order, without those that begin and end transactions; what the call throws does not matter. */
  send(call: Call): Promise<readonly string[]>;
  /** Statements of several calls made at once. */
  sendTogether(calls: readonly Call[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openLiveClient(schema: string, tables: string): Promise<LiveClient> {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-sql-'));
  const generated = generateClient(folder, new Map([['schema.prisma', schema]]));
  const adapter = new PrismaBetterSqlite3({ url: `file:${join(folder, 'library.db')}` });
  const database = await adapter.connect();
  await database.executeScript(tables);
  await database.dispose();
  const { PrismaClient } = createRequire(import.meta.url)(generated) as {
    PrismaClient: new (options: object) => Client;
  };
  const client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }], errorFormat: 'minimal' });
  let sent: string[] = [];
  client.$on('query', ({ query }) => sent.push(query));
  const sendTogether = async (calls: readonly Call[]) => {
    sent = [];
    await Promise.allSettled(calls.map(({ model, operation, args }) => delegate(client, model)[operation]?.(args)));
    return sent.filter((query) => !/^(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)/.test(query));
  };
  return {
    send: (call) => sendTogether([call]),
    sendTogether,
    close: async () => {
      await client.$disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function libraryFile(name: string): string {
  return readFileSync(join(import.meta.dirname, '../library', name), 'utf8');
}

function delegate(client: Client, model: string): Delegate {
  return client[model.charAt(0).toLowerCase() + model.slice(1)] as Delegate;
}
