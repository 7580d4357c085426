import { ingestFile } from '#bridge/ingest/ingestFile.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { countStatements } from './countStatements.ts';
import { tellingStore } from './tellingStore.ts';

/** Counts a log in small transactions and says after each how many executions are kept, until it is done or killed. */
const [root = '', log = ''] = process.argv.slice(2);
const store = await tellingStore(root);

await ingestFile(log, {
  store,
  sourceOf: () => postgresText,
  unreadable: () => undefined,
  cutOff: () => undefined,
  batchSamples: 100,
  count: countStatements,
});
store.close();
