import { writeSync } from 'node:fs';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { follow } from './following.ts';

/** Follows a log and says after each write how many executions are kept, until it is killed. */
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
follow(told, root, [log]);
