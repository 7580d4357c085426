import type { Database } from '../sqlite.ts';
import { countedBefore, countingExecutions } from './executionTable.ts';
import { addingMeasured } from './measuredTable.ts';
import { keepingPlans } from './planTable.ts';
import { type Progress, progressTable, type ReadOn } from './progress.ts';
import { countingRequests } from './requestTable.ts';
import { countingRatios, countingRoutes } from './routeTable.ts';
import type { Batch, KeptTally } from './tally.ts';

/** What is kept of the running system, in one file of the project. Every write is one transaction; several processes may write. */
export interface EvidenceStore {
  /** Null where nothing of a text that begins so was read yet. */
  progress(head: Buffer): Progress | null;
  /** The number of the text that was met last, see `ReadOn.newest`. */
  newestText(): number;
  /**
   * Counts, and remembers how far the text was read; both or neither. False, and nothing is written, where somebody else read on in the
   * text since `read.from`.
   */
  write(batch: Batch, read: ReadOn | null): boolean;
  /** By the hour, of some call sites or of all executions there are. */
  tallies(sites?: readonly string[]): readonly KeptTally[];
  /** Removes everything, and gives the number of executions that were counted. Whoever reads a log on goes on there. */
  clear(): number;
  readonly database: Database;
  close(): void;
}

/** What a store asks of whoever opens it. */
export interface StoreSurroundings {
  /** The commit that is checked out, shortened; null where there is none. Asked at each write. */
  readonly revision?: () => string | null;
}

export function createStore(database: Database, { revision = () => null }: StoreSurroundings = {}): EvidenceStore {
  const progress = progressTable(database);
  const count = counting(database);
  const write = database.transaction((batch: Batch, read: ReadOn | null, commit: string | null): boolean => {
    const file = read === null ? 0 : progress.advance(read);
    if (file === null) return false;
    count(batch, file, commit);
    return true;
  });
  return {
    progress: progress.of,
    newestText: progress.newest,
    write: (batch, read) => write.immediate(batch, read, revision()),
    tallies: (sites) => countedBefore(database, sites),
    clear: () => clear(database),
    database,
    close: () => database.close(),
  };
}

function counting(database: Database): (batch: Batch, file: number, commit: string | null) => void {
  const [countExecutions, addMeasured] = [countingExecutions(database), addingMeasured(database)];
  const [countRequests, keepPlans] = [countingRequests(database), keepingPlans(database)];
  const [countRoutes, countRatios] = [countingRoutes(database), countingRatios(database)];
  return ({ tallies, requests, plans, routes, ratios }, file, commit) => {
    const counted = tallies.map((tally) => {
      return { tally, snapshot: tally.subject.part.endsWith('totals') ? file : 0 };
    });
    countExecutions(counted);
    addMeasured(counted, commit);
    countRequests(requests);
    keepPlans(plans);
    countRoutes(routes);
    countRatios(ratios);
  };
}

const COUNTED = ['executions', 'shapes', 'measured', 'site_requests', 'request_sums', 'route_requests', 'requests'];
const BESIDES = ['plans', 'route_counters', 'routes', 'ratios', 'held_statements', 'deploys'];

/** A log that is being read is not counted again from its beginning: how far that came stays known to whoever reads it. */
function clear(database: Database): number {
  const removed = database
    .transaction(() => {
      const count = database.prepare<[], number | null>('SELECT sum(count) FROM executions').pluck().get() ?? 0;
      for (const table of [...COUNTED, ...BESIDES]) database.exec(`DELETE FROM ${table}`);
      database.exec('UPDATE progress SET cleared = 1');
      return count;
    })
    .immediate();
  database.pragma('incremental_vacuum');
  database.pragma('wal_checkpoint(TRUNCATE)');
  return removed;
}
