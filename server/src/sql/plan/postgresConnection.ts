/** One connection to a PostgreSQL server. */
export interface PostgresConnection {
  query(sql: string): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
  end(): Promise<void>;
}

/** A server on which a database may be made and dropped. */
export interface PostgresServer {
  /** To the database of this name, or to the one the address names. */
  connect(database: string | null): Promise<PostgresConnection>;
  close(): Promise<void>;
}

/** What the server says of a statement it refuses. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
