import { loadSqlite } from '#bridge/sqlite.ts';
import { openEvidence } from '#bridge/store/openEvidence.ts';
import { openStore } from '#bridge/store/openStore.ts';

/** Says as JSON what can be read of a project's store by whoever runs it, and why nothing can be counted there. */
const [root = ''] = process.argv.slice(2);
const sqlite = await loadSqlite();
const evidence = openEvidence(sqlite, root);
const measured = evidence.measurements().get('a') ?? null;
const store = openStore(sqlite, root);
const told = {
  calls: measured?.calls ?? null,
  problem: evidence.problem(),
  changed: [evidence.changed(), evidence.changed()],
  writing: store.kind === 'open' ? null : store.reason,
};
process.stdout.write(JSON.stringify(told));
