import { createRequire } from 'node:module';
import { PrismaMariaDb as Own } from '@prisma/adapter-mariadb';
import { record, senderOf } from './record.ts';

type Method = (query: string | { readonly sql: string }, values?: unknown) => Promise<unknown>;

/** What is used of the driver's connections. */
interface Connection {
  readonly threadId: number;
  query: Method;
  execute: Method;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  release(): Promise<void>;
}

interface Pool {
  query: Method;
  execute: Method;
  getConnection(): Promise<Connection>;
  end(): Promise<void>;
}

interface Driver {
  createPool(options: object): Pool;
}

/** The driver the adapter has. */
const { createPool } = createRequire(import.meta.resolve('@prisma/adapter-mariadb'))('mariadb') as Driver;

const MOST = 8;

/** A pool that notes each statement when it is handed to a connection, with the connection's number at the server. */
function watchedPool(address: string): Pool {
  const { hostname, port, username, pathname } = new URL(address);
  const where = { host: hostname, port: Number(port), user: username, database: pathname.slice(1) };
  const pool = createPool({ ...where, connectionLimit: MOST, prepareCacheLength: 0 });
  const connect = pool.getConnection.bind(pool);
  pool.getConnection = async () => watchedConnection(await connect());
  for (const key of ['query', 'execute'] as const) {
    pool[key] = async (...args) => {
      const connection = await pool.getConnection();
      try {
        return await connection[key](...args);
      } finally {
        await connection.release();
      }
    };
  }
  return pool;
}

const watched = new WeakSet<Connection>();

function watchedConnection(connection: Connection): Connection {
  if (watched.has(connection)) return connection;
  watched.add(connection);
  for (const key of ['query', 'execute'] as const) {
    const own = connection[key].bind(connection);
    connection[key] = (query, ...values) => {
      const sql = typeof query === 'string' ? query : query.sql;
      record({ kind: 'statement', session: String(connection.threadId), sql, ...senderOf(sql) });
      return own(query, ...values);
    };
  }
  return connection;
}

export class PrismaMariaDb extends Own {
  constructor(address: string) {
    super(watchedPool(address) as unknown as ConstructorParameters<typeof Own>[0], { disposeExternalPool: true });
  }
}
