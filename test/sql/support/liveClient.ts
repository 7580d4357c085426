import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from '#sql/prismaCompiler.ts';
import { generateClient } from '#test/support/types/generatedClient.ts';
import type { Database } from './databases/database.ts';

/** The calls of one model. */
export type Delegate = Readonly<Record<string, (args?: unknown) => PromiseLike<unknown>>>;

/** A client whose models the test knows by name only. */
export interface Client {
  readonly [name: string]: unknown;
  $on(event: 'query', listener: (event: { readonly query: string }) => void): void;
  $transaction(work: readonly PromiseLike<unknown>[] | ((transaction: Client) => Promise<unknown>)): Promise<unknown>;
  $disconnect(): Promise<void>;
}

/** What became of a task. */
export interface Sent {
  /** In order, without what begins and ends transactions; a statement the database refuses is not among them. */
  readonly statements: readonly string[];
  /** What the task gave. */
  readonly result: unknown;
  /** Why it gave nothing. */
  readonly error: Error | null;
}

/** A really generated client on a real database that says which statements it sends. */
export interface LiveClient {
  readonly database: Database;
  /** What the generated client exports beside itself: `Prisma.sql`, `Prisma.join`. */
  readonly namespace: unknown;
  run(task: (client: Client) => PromiseLike<unknown>): Promise<Sent>;
  close(): Promise<void>;
}

export function openLiveClient(schema: string, database: Database, options: object = {}): LiveClient {
  const { PrismaClient, Prisma } = createRequire(import.meta.url)(generatedFor(schema)) as {
    PrismaClient: new (options: object) => Client;
    Prisma: unknown;
  };
  const { adapter } = database;
  const log = [{ emit: 'event', level: 'query' }];
  const client = new PrismaClient({ adapter, log, errorFormat: 'minimal', ...options });
  let sent: string[] = [];
  client.$on('query', ({ query }) => sent.push(query));
  return {
    database,
    namespace: Prisma,
    run: async (task) => {
      sent = [];
      const outcome = await settled(() => task(client));
      return { ...outcome, statements: sent.filter((query) => !ABOUT_TRANSACTIONS.test(query)) };
    },
    close: async () => {
      await client.$disconnect();
      await database.close();
    },
  };
}

/** Makes a call of a client, or of a transaction's. */
export function make({ model, operation, args }: Call, client: Client): PromiseLike<unknown> {
  const call = (client[model.charAt(0).toLowerCase() + model.slice(1)] as Delegate)[operation];
  if (!call) throw new Error(`no operation ${operation}`);
  return call(args);
}

const generated = new Map<string, string>();

/** Generating takes a second or two, so that databases with one schema share a client. */
function generatedFor(schema: string): string {
  const known = generated.get(schema);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'querylens-client-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const client = generateClient(folder, new Map([['schema.prisma', schema]]));
  generated.set(schema, client);
  return client;
}

const ABOUT_TRANSACTIONS = /^(?:-- Implicit|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET TRANSACTION)/;

async function settled(task: () => PromiseLike<unknown>): Promise<Pick<Sent, 'result' | 'error'>> {
  try {
    return { result: await task(), error: null };
  } catch (error) {
    return { result: null, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
