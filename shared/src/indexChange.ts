import type { Location, TextEdit } from './location.ts';
import type { NewFile } from './newFile.ts';

/** An index that is to come or to go, with all that brings it about. */
export interface IndexEdit {
  /** As a schema says it: `@@index([a, b])`; of a table of SQL scripts the statement. */
  readonly attribute: string;
  /** The statement for the database, without semicolon; null where there is none, as in MongoDB. */
  readonly sql: string | null;
  /** What the schema file becomes; null for a table of SQL scripts. */
  readonly edit: TextEdit | null;
  /** The statement as a migration of Prisma's or the next script; null where there is no such row to continue. */
  readonly migration: NewFile | null;
}

/** An index of the schema that nobody needs. */
export interface IndexToDrop extends IndexEdit {
  readonly change: 'drop';
  readonly edit: TextEdit;
  /** The attribute in its schema file. */
  readonly at: Location;
  /** The database needs it for more than finding rows: a unique key, an id, or on MySQL what a foreign key leans on. A person decides about these. */
  readonly isBacking: boolean;
}

/** An index that is missing. */
export interface IndexToAdd extends IndexEdit {
  readonly change: 'add';
  /** Ids of all queries it would serve. */
  readonly serves: readonly string[];
  /** Indexes that begin it, which it would make superfluous. */
  readonly replaces: readonly IndexToDrop[];
}

/** What a finding of an index wants done. */
export type IndexChange = IndexToAdd | IndexToDrop;
