import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

/** Databases a client is really run against. */
export type LiveProvider = 'sqlite' | 'postgresql' | 'mysql';

/** An empty database of a test's own, asked over one connection: over several, the order in which a client tells of its queries is chance. */
export interface Database {
  readonly provider: LiveProvider;
  readonly adapter: SqlDriverAdapterFactory;
  close(): Promise<void>;
}

/** Runs statements one after the other through the driver adapter, so that no test needs another client. */
export async function execute(database: Database, statements: readonly string[]): Promise<void> {
  const connection = await database.adapter.connect();
  for (const sql of statements) await connection.executeRaw({ sql, args: [], argTypes: [] });
  await connection.dispose();
}

/** For a database that goes away with its server. */
export async function nothingToClose(): Promise<void> {
  // The server's `close` removes all databases.
}
