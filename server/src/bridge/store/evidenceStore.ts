import type { Database } from '../sqlite.ts';
import { latenciesOf } from './latencies.ts';
import { type Progress, progressTable, type ReadOn } from './progress.ts';
import type { Subject, Tally } from './tally.ts';

/** What is kept of the running system, in one file of the project. Every write is one transaction; several processes may write. */
export interface EvidenceStore {
  /** Null where nothing of a text that begins so was read yet. */
  progress(head: Buffer): Progress | null;
  /**
   * Counts, and remembers how far the text was read; both or neither. False, and nothing is written, where somebody else read on in the
   * text since `read.from`.
   */
  write(tallies: readonly Tally[], read: ReadOn | null): boolean;
  /** Of some call sites, or of all executions there are. */
  tallies(sites?: readonly string[]): readonly KeptTally[];
  /** Removes everything, and gives the number of executions that were counted. */
  clear(): number;
  readonly database: Database;
  close(): void;
}

export interface KeptTally extends Tally {
  /** Tells snapshots of the database's counters apart, a later one having the greater number; 0 for what is no snapshot. */
  readonly snapshot: number;
}

export function createStore(database: Database): EvidenceStore {
  const progress = progressTable(database);
  const put = putting(database);
  const all = database.prepare<[], Row>(SELECT);
  const ofSites = database.prepare<[string], Row>(`${SELECT} WHERE site IN (SELECT value FROM json_each(?))`);
  const write = database.transaction((tallies: readonly Tally[], read: ReadOn | null): boolean => {
    const file = read === null ? 0 : progress.advance(read);
    if (file === null) return false;
    for (const tally of tallies) put(tally, tally.subject.part.endsWith('totals') ? file : 0);
    return true;
  });
  return {
    progress: progress.of,
    write: (tallies, read) => write.immediate(tallies, read),
    tallies: (sites) => (sites ? ofSites.all(JSON.stringify(sites)) : all.all()).map(tallyOf),
    clear: () => clear(database),
    database,
    close: () => database.close(),
  };
}

function clear(database: Database): number {
  const removed = database
    .transaction(() => {
      const count = database.prepare<[], number | null>('SELECT sum(count) FROM executions').pluck().get() ?? 0;
      database.exec('DELETE FROM executions; DELETE FROM shapes; DELETE FROM progress;');
      return count;
    })
    .immediate();
  database.pragma('incremental_vacuum');
  database.pragma('wal_checkpoint(TRUNCATE)');
  return removed;
}

const SELECT = `SELECT dialect, text, site, name, match, part, hour, snapshot, count, sum_ms, min_ms, max_ms, latencies, requested, requests
  FROM executions JOIN shapes ON shapes.id = executions.shape`;

interface Row {
  readonly dialect: Subject['dialect'];
  readonly text: string;
  readonly site: string;
  readonly name: string;
  readonly match: Subject['match'];
  readonly part: Subject['part'];
  readonly hour: number;
  readonly snapshot: number;
  readonly count: number;
  readonly sum_ms: number;
  readonly min_ms: number;
  readonly max_ms: number;
  readonly latencies: string;
  readonly requested: number;
  readonly requests: number;
}

function tallyOf(row: Row): KeptTally {
  const { dialect, text, site, name, match, part, hour, snapshot, count, latencies, requested, requests } = row;
  const subject = { dialect, text, site: site === '' ? null : site, name, match, part };
  return {
    subject,
    hour,
    snapshot,
    count,
    sumMs: row.sum_ms,
    minMs: row.min_ms,
    maxMs: row.max_ms,
    latencies,
    requested,
    requests,
  };
}

function putting(database: Database): (tally: Tally, snapshot: number) => void {
  const addShape = database.prepare('INSERT OR IGNORE INTO shapes (dialect, text) VALUES (?, ?)');
  const shapeOf = database
    .prepare<[string, string], number>('SELECT id FROM shapes WHERE dialect = ? AND text = ?')
    .pluck();
  const before = database
    .prepare<unknown[], string>(
      `SELECT latencies FROM executions
       WHERE shape = ? AND site = ? AND name = ? AND match = ? AND part = ? AND hour = ? AND snapshot = ?`,
    )
    .pluck();
  const add = database.prepare(
    `INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count, sum_ms = sum_ms + excluded.sum_ms,
       min_ms = min(min_ms, excluded.min_ms), max_ms = max(max_ms, excluded.max_ms), latencies = excluded.latencies,
       requested = requested + excluded.requested, requests = requests + excluded.requests`,
  );
  return ({ subject, hour, count, sumMs, minMs, maxMs, latencies, requested, requests }, snapshot) => {
    const { dialect, text } = subject;
    addShape.run(dialect, text);
    const key = [
      shapeOf.get(dialect, text),
      subject.site ?? '',
      subject.name,
      subject.match,
      subject.part,
      hour,
      snapshot,
    ];
    const kept = before.get(...key);
    const together =
      kept === undefined || kept === '' || latencies === '' ? latencies : latenciesOf(kept, latencies).text();
    add.run(...key, count, sumMs, minMs, maxMs, together, requested, requests);
  };
}
