import type { MeasurementDetail } from '#shared/measurement.ts';
import type { Database } from '../sqlite.ts';
import type { PlanTally } from './tally.ts';

/** Keeps the slowest plan of each query; to be called inside a transaction. */
export function keepingPlans(database: Database): (plans: readonly PlanTally[]) => void {
  const put = database.prepare(
    `INSERT INTO plans VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET ms = excluded.ms, at = excluded.at, text = excluded.text WHERE excluded.ms > ms`,
  );
  return (plans) => {
    for (const { site, version, ms, at, text } of plans) put.run(site, version, ms, Math.round(at), text);
  };
}

/** The slowest plan of some call sites, of those queries that are wanted. */
export function slowestPlan(
  database: Database,
  sites: readonly string[],
  isWanted: (plan: PlanTally) => boolean,
): MeasurementDetail['slowestPlan'] {
  const plans = database.prepare<[string], PlanTally>(
    'SELECT * FROM plans WHERE site IN (SELECT value FROM json_each(?)) ORDER BY ms DESC',
  );
  const slowest = plans.all(JSON.stringify(sites)).find(isWanted);
  return slowest ? { ms: slowest.ms, text: slowest.text } : null;
}
