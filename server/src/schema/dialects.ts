import type { Provider } from './schemaModel.ts';
import type { Dialect } from './sqlTokens.ts';

/** How the scripts of each database are written; null where there are none. */
export const DIALECTS: Readonly<Record<Provider, Dialect | null>> = {
  postgresql: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'sqlserver',
  mongodb: null,
};
