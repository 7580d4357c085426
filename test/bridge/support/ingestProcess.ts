import { writeSync } from 'node:fs';
import { ingestFile } from '#bridge/ingest/ingestFile.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { countStatements } from './countStatements.ts';

/** Counts a log in small transactions and says after each how many executions are kept, until it is done or killed. */
const [root = '', log = ''] = process.argv.slice(2);
const opened = openStore(await loadSqlite(), root);
if (opened.kind === 'refused') throw new Error(opened.reason);
const { store } = opened;
const all = store.database.prepare('SELECT coalesce(sum(count), 0) FROM executions').pluck();
const told = {
  ...store,
  write: (...args: Parameters<typeof store.write>) => {
    const written = store.write(...args);
    writeSync(1, `${all.get()}\n`);
    return written;
  },
};

await ingestFile(log, {
  store: told,
  sourceOf: () => postgresText,
  unreadable: () => undefined,
  cutOff: () => undefined,
  batchSamples: 100,
  count: countStatements,
});
store.close();
