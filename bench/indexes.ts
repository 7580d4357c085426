import type { IndexToAdd } from '../shared/src/indexChange.ts';
import { type AdvisedDatabase, openAdvised } from '../test/analyzer/indexAdvice/advisedDatabase.ts';
import { PROGRAM } from '../test/analyzer/indexAdvice/program.ts';
import { ROWS } from '../test/analyzer/indexAdvice/rows.ts';
import { startPostgres } from '../test/sql/support/databases/postgres.ts';
import { analyse } from '../test/support/analyse.ts';
import { percentile } from './percentiles.ts';

/** Runs of each query, after one that is not counted. */
const RUNS = 9;

const { findings, graph } = await analyse(PROGRAM);
const added = findings.flatMap(({ index, severity }) =>
  index?.change === 'add' && severity !== 'hint' ? [index] : [],
);
const server = await startPostgres();
try {
  const { adapter } = await server.open('advised');
  const database = await openAdvised(adapter);
  const before = await timesOf(database, added);
  for (const { migration } of added) await database.run(migration?.text ?? '');
  await database.run('ANALYZE');
  const after = await timesOf(database, added);
  console.log(`each query without and with the indexes advised for it, ${ROWS} rows a table, medians of ${RUNS}`);
  for (const [query, ms] of before) print(query, ms, after.get(query) ?? Number.NaN);
  await database.close();
} finally {
  await server.close();
}

/** Milliseconds of all statements of a query, by its id. */
async function timesOf(
  database: AdvisedDatabase,
  indexes: readonly IndexToAdd[],
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const query of new Set(indexes.flatMap(({ serves }) => serves))) {
    const runs: number[] = [];
    for (let run = 0; run <= RUNS; run++) {
      const statements = await database.ask(query);
      runs.push(statements.reduce((sum, { ms }) => sum + ms, 0));
    }
    times.set(query, percentile(runs.slice(1), 50));
  }
  return times;
}

function print(query: string, before: number, after: number): void {
  const symbol = graph.sites.find(({ id }) => id === query)?.function.fact.symbol ?? query;
  const ms = (value: number) => `${value.toFixed(2).padStart(8)} ms`;
  console.log(`  ${symbol.padEnd(16)}${ms(before)}${ms(after)}  ${(before / after).toFixed(0).padStart(5)} times`);
}
