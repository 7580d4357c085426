import { PrismaPg as Own } from '@prisma/adapter-pg';
import pg from 'pg';
import { record, senderOf } from './record.ts';

/** Connections at once; a queue for them would hide from nobody but the database how long a call takes. */
const MOST = 8;

/** A pool that notes each statement when it is handed to a connection, with the connection's process at the server. */
class WatchedPool extends pg.Pool {
  constructor(address: string) {
    super({ connectionString: address, max: MOST });
    this.on('connect', (client) => watchClient(client));
  }

  // The pool's own hands a connection on in whatever context it was given back in.
  override query = (async (...args: Parameters<pg.Pool['query']>) => {
    const client = await this.connect();
    try {
      return await client.query(...args);
    } finally {
      client.release();
    }
  }) as unknown as pg.Pool['query'];
}

function watchClient(client: pg.PoolClient): void {
  const own = client.query.bind(client) as (...args: unknown[]) => unknown;
  const session = String(Reflect.get(client, 'processID'));
  client.query = ((...args: unknown[]) => {
    const [first] = args;
    const sql = typeof first === 'string' ? first : String((first as { readonly text: string }).text);
    record({ kind: 'statement', session, sql, ...senderOf(sql) });
    return own(...args);
  }) as unknown as typeof client.query;
}

export class PrismaPg extends Own {
  constructor({ connectionString }: { readonly connectionString: string }) {
    super(new WatchedPool(connectionString), { disposeExternalPool: true });
  }
}
