import type { Database } from '../sqlite.ts';

/** The layout this Querylens writes. */
export const LAYOUT = 2;

/**
 * `site` is empty where no one call is known; `name` is what is known instead. `part`: `call` is a whole call as the application saw it,
 * `first` the statement a call begins with, `further` one of those that follow, `totals` and `further-totals` are of a snapshot of the database's own
 * counters, which is the text in `snapshot`. `progress.head` and `progress.tail` are hashes of what was read. `deliveries.body` is the hash of what a receiver was
 * sent, for what is sent again; `held_statements` came in and wait for the call they belong to, as canonical SQL.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE shapes (
    id INTEGER PRIMARY KEY,
    dialect TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (dialect, text)
  ) STRICT;
  CREATE TABLE executions (
    shape INTEGER NOT NULL REFERENCES shapes (id),
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    match TEXT NOT NULL,
    part TEXT NOT NULL,
    hour INTEGER NOT NULL,
    snapshot INTEGER NOT NULL,
    count REAL NOT NULL,
    sum_ms REAL NOT NULL,
    min_ms REAL NOT NULL,
    max_ms REAL NOT NULL,
    latencies TEXT NOT NULL,
    requested REAL NOT NULL,
    requests REAL NOT NULL,
    PRIMARY KEY (shape, site, name, match, part, hour, snapshot)
  ) STRICT;
  CREATE INDEX executions_site ON executions (site, part, hour);
  CREATE INDEX executions_hour ON executions (hour);
  CREATE TABLE progress (
    id INTEGER PRIMARY KEY,
    head_length INTEGER NOT NULL,
    head TEXT NOT NULL,
    position INTEGER NOT NULL,
    tail TEXT NOT NULL,
    counted_beyond INTEGER NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (head_length, head)
  ) STRICT;`,
  `CREATE TABLE deliveries (
    body TEXT PRIMARY KEY,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE held_statements (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    statement TEXT NOT NULL
  ) STRICT;`,
];

/** Brings a store up to {@link LAYOUT}; false where a newer Querylens made it. Several processes may do it at once. */
export function migrate(database: Database): boolean {
  if (layoutOf(database) === LAYOUT) return true;
  return database
    .transaction(() => {
      const layout = layoutOf(database);
      if (layout > LAYOUT) return false;
      for (const migration of MIGRATIONS.slice(layout)) database.exec(migration);
      database.pragma(`user_version = ${LAYOUT}`);
      return true;
    })
    .immediate();
}

function layoutOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
