import type { Database } from '../sqlite.ts';
import { countedBefore } from './executionTable.ts';
import { latenciesOf } from './latencies.ts';
import { countingRows } from './measurementsOf.ts';
import type { KeptTally } from './tally.ts';

/** The most executions of one hour that took longer, those of no known call among them; null where no times were counted. */
export function slowInAnHour(database: Database, overMs: number): number | null {
  const tallies = countedBefore(database).filter(({ latencies }) => latencies !== '');
  if (tallies.length === 0) return null;
  const bySite = Map.groupBy(tallies, ({ subject }) => subject.site ?? '');
  const counted = [...bySite].flatMap(([site, of]) => (site === '' ? of : countingTallies(of)));
  const hours = Map.groupBy(counted, ({ hour }) => hour);
  return Math.max(
    ...[...hours.values()].map((of) => of.reduce((sum, { latencies }) => sum + longer(latencies, overMs), 0)),
  );
}

/** The same call may have been counted by the application and by its database. */
function countingTallies(tallies: readonly KeptTally[]): readonly KeptTally[] {
  const rows = tallies.map((tally) => ({ ...tally.subject, snapshot: tally.snapshot, tally }));
  return countingRows(rows).map(({ tally }) => tally);
}

function longer(latencies: string, overMs: number): number {
  return latenciesOf(latencies)
    .bins()
    .reduce((sum, [ms, weight]) => (ms > overMs ? sum + weight : sum), 0);
}
