import { join } from 'node:path';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { launchMariadb } from '#test/sql/support/databases/mariadb.ts';
import type { LoggingServer } from './loggingServer.ts';

const DATABASE = 'shop';

/** A MariaDB that writes every statement into its slow log; null where none is installed. */
export async function startMariadb(): Promise<LoggingServer | null> {
  const server = await launchMariadb(['--sql-mode=STRICT_TRANS_TABLES', '--slow-query-log=OFF', '--log-output=FILE']);
  if (server === null) return null;
  const config = { host: '127.0.0.1', port: server.port, user: 'root', connectionLimit: 1 };
  const own = await new PrismaMariaDb(config).connect();
  const query = async (sql: string) => {
    await own.executeRaw({ sql, args: [], argTypes: [] });
    return [];
  };
  await query(`CREATE DATABASE ${DATABASE}`);
  await query(`USE ${DATABASE}`);
  let log = '';
  return {
    ...{ provider: 'mysql', query, adapter: new PrismaMariaDb({ ...config, database: DATABASE }) },
    address: `mariadb://root@127.0.0.1:${server.port}/${DATABASE}`,
    beginLogs: async (name) => {
      log = join(server.folder, `${name}.slow.log`);
      await query(`SET GLOBAL slow_query_log_file = '${log}'`);
      await query('SET GLOBAL long_query_time = 0');
      await query('SET GLOBAL slow_query_log = ON');
    },
    endLogs: async () => {
      await query('SET GLOBAL slow_query_log = OFF');
      return { 'mysql-slow': log };
    },
    close: async () => {
      await own.dispose();
      await server.close();
    },
  };
}
