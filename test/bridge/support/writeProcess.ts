import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { createTallies } from '#bridge/store/tally.ts';
import { FIRST } from './testStore.ts';

/** Counts so many executions of the site `a` in the store of a project, a write each. */
const [root = '', times = '0'] = process.argv.slice(2);
const opened = openStore(await loadSqlite(), root);
if (opened.kind === 'refused') throw new Error(opened.reason);
for (let at = 0; at < Number(times); at++) {
  const tallies = createTallies();
  tallies.execution(FIRST, at * 3_600_000, 1 + (at % 50), 1, { id: `${process.pid}`, route: null, statements: null });
  opened.store.write(tallies.take(), null);
}
opened.store.close();
