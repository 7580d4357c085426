import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadSqlite } from '#bridge/sqlite.ts';

/** Asks the file of a store in SQL, with nothing of ours between. */
export interface StoreSql {
  all<Row>(sql: string, parameters?: Readonly<Record<string, unknown>>): readonly Row[];
  one<Row>(sql: string, parameters?: Readonly<Record<string, unknown>>): Row;
  close(): void;
}

export async function storeSql(root: string): Promise<StoreSql> {
  const sqlite = await loadSqlite();
  assert.ok(sqlite.kind === 'available');
  const database = sqlite.open(join(root, '.querylens/evidence.db'));
  const all = <Row>(sql: string, parameters: Readonly<Record<string, unknown>> = {}) =>
    database.prepare<[Readonly<Record<string, unknown>>], Row>(sql).all({ gamma: GAMMA, ...parameters });
  return {
    all,
    one: <Row>(sql: string, parameters?: Readonly<Record<string, unknown>>) => {
      const [row] = all<Row>(sql, parameters);
      assert.ok(row, sql);
      return row;
    },
    close: () => database.close(),
  };
}

/** From one bin to the next, where each stands for its times within 0.5 %. */
const GAMMA = 1.005 / 0.995;

/** How sure each source is, the surest first; what none of these tells counts nowhere. */
const RANK = `CASE WHEN part = 'call' AND match = 'exact' THEN 1 WHEN part = 'first' THEN 2 WHEN part = 'totals' THEN 3
  WHEN part = 'call' AND match = 'label' THEN 4 END`;

/** Rows of `executions` that count for one query: those of its surest source, and of snapshots the newest. */
export const OF_QUERY = `ranked AS (SELECT *, ${RANK} AS rank FROM executions WHERE site = @site AND version = @version),
  surest AS (SELECT * FROM ranked WHERE rank = (SELECT min(rank) FROM ranked)),
  chosen AS (SELECT * FROM surest WHERE snapshot = (SELECT max(snapshot) FROM surest))`;

/** Rows that count for the whole: in each hour those of the surest source of each call. */
export const OF_ALL = `timed AS (SELECT *, ${RANK} AS rank FROM executions WHERE site <> '' AND part IN ('call', 'first')),
  chosen AS (SELECT * FROM timed WHERE rank = (
    SELECT min(rank) FROM timed AS other WHERE other.site = timed.site AND other.hour = timed.hour))`;

/** Executions by the time of their bin, of the rows `chosen`; \`within\` is what is told apart. */
export const bins = (within: string): string => `bins AS (
  SELECT ${within} AS within, sum(bin.value) AS weight,
    CASE bin.key WHEN 'z' THEN 0 ELSE pow(@gamma, CAST(bin.key AS INTEGER)) * 2 / (1 + @gamma) END AS ms
  FROM chosen, json_each('{"z' || replace(replace(substr(latencies, 2), ':', '":'), ' ', ',"') || '}') AS bin
  WHERE latencies <> '' GROUP BY 1, 3),
  running AS (SELECT within, ms, weight, sum(weight) OVER (PARTITION BY within ORDER BY ms) AS upto,
    sum(weight) OVER (PARTITION BY within) AS total FROM bins)`;

/** A percentile of `running`, between the least and the greatest time of `chosen` that is told apart so. */
export const percentile = (percent: number, within: string, outer: string): string => `(SELECT
  min(max(min(running.ms), (SELECT min(min_ms) FROM chosen WHERE ${within} = ${outer})), (SELECT max(max_ms) FROM chosen WHERE ${within} = ${outer}))
  FROM running WHERE running.within = ${outer} AND upto > ${percent / 100} * (total - 1))`;
