import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

/** A database server of a test's own that logs every statement while it is asked to. */
export interface LoggingServer {
  readonly provider: 'postgresql' | 'mysql';
  readonly address: string;
  readonly adapter: SqlDriverAdapterFactory;
  /** Never logged. */
  query(sql: string): Promise<readonly unknown[]>;
  /** From now on all statements of new connections go into logs of this name. */
  beginLogs(name: string): Promise<void>;
  /** The logs since then by format, as `--format` names it, complete. */
  endLogs(): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}
