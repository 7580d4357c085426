import type { Database } from 'better-sqlite3';

export type { Database } from 'better-sqlite3';

/** What this machine can keep measurements in; opening bytes gives a copy in memory. */
export type Sqlite =
  | {
      readonly kind: 'available';
      readonly version: string;
      readonly open: (file: string | Buffer, how?: OpenHow) => Database;
    }
  | { readonly kind: 'unavailable'; readonly reason: string };

interface OpenHow {
  /** Makes nothing where there is no file. */
  readonly fileMustExist?: boolean;
}

const OLDEST_NODE = 22;

/**
 * Loads the native module when first asked and never throws: without it only measurements are missing. An older Node would
 * crash on loading it instead of failing, hence the look at `node`, the version that runs.
 */
export async function loadSqlite(node: string = process.versions.node): Promise<Sqlite> {
  if (Number.parseInt(node, 10) < OLDEST_NODE)
    return { kind: 'unavailable', reason: `needs Node ${OLDEST_NODE} or newer, this is ${node}` };
  try {
    const { default: Sqlite3 } = await import('better-sqlite3');
    const open = (file: string | Buffer, how: OpenHow = {}): Database => new Sqlite3(file, how);
    return { kind: 'available', version: versionOf(open(':memory:')), open };
  } catch (error) {
    return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
  }
}

function versionOf(database: Database): string {
  try {
    return String(database.prepare('select sqlite_version()').pluck().get());
  } finally {
    database.close();
  }
}
