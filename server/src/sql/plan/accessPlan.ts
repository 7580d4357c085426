/** How a plan comes to the rows of one table. */
export interface TableAccess {
  readonly table: string;
  /** What the statement calls it. */
  readonly alias: string;
  /**
   * `whole`: every row is read, be it along an index. `index`: an index leads to the rows. `key`: the primary key does.
   */
  readonly by: 'whole' | 'index' | 'key';
  readonly index: string | null;
  /** Columns by which the index is entered; for `whole` none. */
  readonly columns: readonly string[];
}

/** What a database says it will do for a statement. */
export interface AccessPlan {
  readonly accesses: readonly TableAccess[];
  /** Rows are put in order after they were found. */
  readonly sorts: boolean;
  /** The database's own words. */
  readonly lines: readonly string[];
}

/** A database without rows that tells its plans. */
export interface Planner {
  /** Throws what the database says where it refuses the statement. */
  plan(sql: string): Promise<AccessPlan>;
  /** What of the schema could not be put into it. Sentences without an end mark. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}
