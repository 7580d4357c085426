import type { Database } from '../sqlite.ts';
import { measureAll } from './measuredHours.ts';
import { sumRequests } from './requestTable.ts';

/** One step from a layout to the next. */
type Migration = (database: Database) => void;

/**
 * `site` is empty where no one call is known; `name` is what is known instead. `part`: `call` is a whole call as the application saw it,
 * `first` the statement a call begins with, `further` one of those that follow, `totals` and `further-totals` are of a snapshot of the database's own
 * counters, which is the text in `snapshot`. `progress.head` and `progress.tail` are hashes of what was read.
 */
const FIRST_LAYOUT = `
  CREATE TABLE shapes (
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
  ) STRICT;`;

/**
 * `version` is the fingerprint of the query that was counted, empty where it is not known. `measured` is the sum over the hours of `executions`, so
 * that all calls can be shown at once. `requests` are those that were seen last, by a hash, so that one that goes on is not another; `sites` is
 * what they did, as JSON. `route_counters` holds what a process said last of its counters. `progress.cleared` is 1 for what was read before
 * all was cleared.
 */
const SECOND_LAYOUT = `
  ALTER TABLE executions RENAME TO executions_before;
  DROP INDEX executions_site;
  DROP INDEX executions_hour;
  CREATE TABLE executions (
    shape INTEGER NOT NULL REFERENCES shapes (id),
    site TEXT NOT NULL,
    version TEXT NOT NULL,
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
    PRIMARY KEY (shape, site, version, name, match, part, hour, snapshot)
  ) STRICT;
  INSERT INTO executions SELECT shape, site, '', name, match, part, hour, snapshot, count, sum_ms, min_ms, max_ms, latencies FROM executions_before;
  CREATE INDEX executions_site ON executions (site, name, version, part, hour);
  CREATE INDEX executions_hour ON executions (hour);
  CREATE TABLE measured (
    site TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    match TEXT NOT NULL,
    part TEXT NOT NULL,
    snapshot INTEGER NOT NULL,
    count REAL NOT NULL,
    sum_ms REAL NOT NULL,
    min_ms REAL NOT NULL,
    max_ms REAL NOT NULL,
    p50_ms REAL,
    p95_ms REAL,
    p99_ms REAL,
    first_hour INTEGER NOT NULL,
    last_hour INTEGER NOT NULL,
    revision TEXT,
    counted_at INTEGER NOT NULL,
    latencies TEXT NOT NULL,
    PRIMARY KEY (site, version, name, match, part, snapshot)
  ) STRICT;
  CREATE TABLE site_requests (
    site TEXT NOT NULL,
    version TEXT NOT NULL,
    part TEXT NOT NULL,
    route TEXT NOT NULL,
    day INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    executions INTEGER NOT NULL,
    ms REAL NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (site, version, part, route, day)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO site_requests
    SELECT site, '', part, '', hour / 24, sum(requests), sum(requested), 0, 0 FROM executions_before
    WHERE requests > 0 GROUP BY site, part, hour / 24;
  DROP TABLE executions_before;
  CREATE TABLE route_requests (
    route TEXT NOT NULL,
    source TEXT NOT NULL,
    day INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    executions INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    ms REAL NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (route, source, day)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE requests (
    id BLOB PRIMARY KEY,
    seen INTEGER NOT NULL,
    day INTEGER NOT NULL,
    route TEXT NOT NULL,
    source TEXT NOT NULL,
    executions INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    ms REAL NOT NULL,
    sites TEXT NOT NULL
  ) STRICT;
  CREATE INDEX requests_seen ON requests (seen);
  CREATE TABLE plans (
    site TEXT NOT NULL,
    version TEXT NOT NULL,
    ms REAL NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (site, version)
  ) STRICT;
  CREATE TABLE route_counters (
    route TEXT NOT NULL,
    process TEXT NOT NULL,
    at INTEGER NOT NULL,
    requests REAL NOT NULL,
    total_ms REAL NOT NULL,
    failed REAL,
    PRIMARY KEY (route, process)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE routes (
    route TEXT NOT NULL,
    hour INTEGER NOT NULL,
    at INTEGER NOT NULL,
    requests REAL NOT NULL,
    total_ms REAL NOT NULL,
    failed REAL,
    p50_ms REAL,
    p95_ms REAL,
    p99_ms REAL,
    max_ms REAL,
    PRIMARY KEY (route, hour)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ratios (
    ratio TEXT NOT NULL,
    hour INTEGER NOT NULL,
    at INTEGER NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (ratio, hour)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE progress ADD COLUMN cleared INTEGER NOT NULL DEFAULT 0;`;

/** `deliveries.body` is the hash of what a receiver was sent, for what is sent again; `held_statements` wait for the call they belong to, as canonical SQL. */
const THIRD_LAYOUT = `
  CREATE TABLE deliveries (
    body TEXT PRIMARY KEY,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE held_statements (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    statement TEXT NOT NULL
  ) STRICT;`;

/** `request_sums` is the sum over days and routes of `site_requests`. */
const FOURTH_LAYOUT = `
  CREATE TABLE request_sums (
    site TEXT NOT NULL,
    version TEXT NOT NULL,
    part TEXT NOT NULL,
    requests INTEGER NOT NULL,
    executions INTEGER NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (site, version, part)
  ) STRICT, WITHOUT ROWID;`;

/** `deploy` is of what was running, see `deploys`; 0 where that is not known. */
const FIFTH_LAYOUT = `
  CREATE TABLE deploys (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  ALTER TABLE executions RENAME TO executions_before;
  DROP INDEX executions_site;
  DROP INDEX executions_hour;
  CREATE TABLE executions (
    shape INTEGER NOT NULL REFERENCES shapes (id),
    site TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    match TEXT NOT NULL,
    part TEXT NOT NULL,
    hour INTEGER NOT NULL,
    snapshot INTEGER NOT NULL,
    deploy INTEGER NOT NULL,
    count REAL NOT NULL,
    sum_ms REAL NOT NULL,
    min_ms REAL NOT NULL,
    max_ms REAL NOT NULL,
    latencies TEXT NOT NULL,
    PRIMARY KEY (shape, site, version, name, match, part, hour, snapshot, deploy)
  ) STRICT;
  INSERT INTO executions
    SELECT shape, site, version, name, match, part, hour, snapshot, 0, count, sum_ms, min_ms, max_ms, latencies FROM executions_before;
  DROP TABLE executions_before;
  CREATE INDEX executions_site ON executions (site, name, version, part, hour);
  CREATE INDEX executions_hour ON executions (hour);
  ALTER TABLE site_requests RENAME TO site_requests_before;
  CREATE TABLE site_requests (
    site TEXT NOT NULL,
    version TEXT NOT NULL,
    part TEXT NOT NULL,
    route TEXT NOT NULL,
    day INTEGER NOT NULL,
    deploy INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    executions INTEGER NOT NULL,
    ms REAL NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (site, version, part, route, day, deploy)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO site_requests SELECT site, version, part, route, day, 0, requests, executions, ms, most FROM site_requests_before;
  DROP TABLE site_requests_before;
  ALTER TABLE route_requests RENAME TO route_requests_before;
  CREATE TABLE route_requests (
    route TEXT NOT NULL,
    source TEXT NOT NULL,
    day INTEGER NOT NULL,
    deploy INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    executions INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    ms REAL NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (route, source, day, deploy)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO route_requests
    SELECT route, source, day, 0, requests, executions, statements, ms, most FROM route_requests_before;
  DROP TABLE route_requests_before;
  ALTER TABLE requests ADD COLUMN deploy INTEGER NOT NULL DEFAULT 0;`;

const MIGRATIONS: readonly Migration[] = [
  (database) => database.exec(FIRST_LAYOUT),
  (database) => {
    database.exec(SECOND_LAYOUT);
    measureAll(database);
  },
  (database) => database.exec(THIRD_LAYOUT),
  (database) => {
    database.exec(FOURTH_LAYOUT);
    sumRequests(database);
  },
  (database) => database.exec(FIFTH_LAYOUT),
];

/** The layout this Querylens writes. */
const LAYOUT = MIGRATIONS.length;

/** Brings a store up to the newest layout; false where a newer Querylens made it. Several processes may do it at once. */
export function migrate(database: Database): boolean {
  if (layoutOf(database) === LAYOUT) return true;
  return database
    .transaction(() => {
      const layout = layoutOf(database);
      if (layout > LAYOUT) return false;
      for (const migration of MIGRATIONS.slice(layout)) migration(database);
      database.pragma(`user_version = ${LAYOUT}`);
      return true;
    })
    .immediate();
}

function layoutOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
