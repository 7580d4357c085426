import type { Database } from '../sqlite.ts';
import { deployIds } from './deployTable.ts';
import { latenciesOf } from './latencies.ts';
import type { Counted } from './measuredTable.ts';
import type { KeptTally, Subject } from './tally.ts';

/** Adds executions to those of the same hour; to be called inside a transaction. */
export function countingExecutions(database: Database): (counted: readonly Counted[]) => void {
  const addShape = database.prepare('INSERT OR IGNORE INTO shapes (dialect, text) VALUES (?, ?)');
  const shapeOf = database
    .prepare<[string, string], number>('SELECT id FROM shapes WHERE dialect = ? AND text = ?')
    .pluck();
  const before = database
    .prepare<unknown[], string>(
      `SELECT latencies FROM executions
       WHERE shape = ? AND site = ? AND version = ? AND name = ? AND match = ? AND part = ? AND hour = ? AND snapshot = ? AND deploy = ?`,
    )
    .pluck();
  const add = database.prepare(
    `INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count, sum_ms = sum_ms + excluded.sum_ms,
       min_ms = min(min_ms, excluded.min_ms), max_ms = max(max_ms, excluded.max_ms), latencies = excluded.latencies`,
  );
  const deployId = deployIds(database);
  return (counted) => {
    for (const { tally, snapshot } of counted) {
      const { subject, hour, count, sumMs, minMs, maxMs, latencies } = tally;
      const { dialect, text, site, version, name, match, part, deploy } = subject;
      addShape.run(dialect, text);
      const about = [shapeOf.get(dialect, text), site ?? '', version ?? '', name, match, part];
      const key = [...about, hour, snapshot, deployId(deploy)];
      const kept = before.get(...key);
      const alone = kept === undefined || kept === '' || latencies === '';
      add.run(...key, count, sumMs, minMs, maxMs, alone ? latencies : latenciesOf(kept, latencies).text());
    }
  };
}

const SELECT = `SELECT dialect, text, site, version, name, match, part, hour, snapshot, count, sum_ms, min_ms, max_ms, latencies
  FROM executions JOIN shapes ON shapes.id = executions.shape`;

/** What is kept by the hour, of some call sites or of everything. */
export function countedBefore(database: Database, sites?: readonly string[]): readonly KeptTally[] {
  if (!sites) return database.prepare<[], Row>(SELECT).all().map(tallyOf);
  const ofSites = database.prepare<[string], Row>(`${SELECT} WHERE site IN (SELECT value FROM json_each(?))`);
  return ofSites.all(JSON.stringify(sites)).map(tallyOf);
}

interface Row {
  readonly dialect: Subject['dialect'];
  readonly text: string;
  readonly site: string;
  readonly version: string;
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
}

function tallyOf(row: Row): KeptTally {
  const { dialect, text, site, version, name, match, part, hour, snapshot, count, latencies } = row;
  const subject = { dialect, text, site: site === '' ? null : site, version, name, match, part };
  const ms = { sumMs: row.sum_ms, minMs: row.min_ms, maxMs: row.max_ms };
  return { subject, hour, snapshot, count, ...ms, latencies };
}
