import { createReadStream, writeSync } from 'node:fs';
import { ingestText } from '#bridge/ingest/ingestText.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';

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

const attempt = () =>
  ingestText(createReadStream(log, { highWaterMark: 16_384 }), {
    store: told,
    sourceOf: () => postgresText,
    unreadable: () => undefined,
    batchSamples: 100,
    count: (sample, _, into) => {
      if (sample.kind !== 'statement') return;
      const known = { site: null, name: '', match: 'unmatched', part: 'first' } as const;
      into.execution({ dialect: 'postgresql', text: sample.sql, ...known }, sample.at ?? 0, sample.ms, 1);
    },
  });

let outcome = await attempt();
while (outcome === 'overtaken') outcome = await attempt();
store.close();
