import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresServer } from '#sql/plan/postgresConnection.ts';
import { embeddedPostgres, type MissingPackage } from '#sql/plan/postgresServers.ts';

/** A PostgreSQL in a temporary folder, on a port of this machine alone, both gone once it is closed. */
export async function embeddedServer(): Promise<PostgresServer | MissingPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-postgres-'));
  // PostgreSQL does not run as root, and the user it then runs as must be able to enter.
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await embeddedPostgres(join(folder, 'data'), await freePort());
    if ('kind' in server) remove();
    return 'kind' in server ? server : { ...server, close: () => server.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
