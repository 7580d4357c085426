import { after, test } from 'node:test';
import { libraryCalls } from './library/calls.ts';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { compareCalls } from './support/compareCalls.ts';
import { execute } from './support/databases/database.ts';
import { startPostgres } from './support/databases/postgres.ts';
import { openLiveClient } from './support/liveClient.ts';
import { compilerFor } from './support/testCompiler.ts';

const server = await startPostgres();
after(() => server.close());

test('calls on the library', async (t) => {
  const schema = librarySchema('postgresql');
  const database = await server.open('library');
  await execute(database, libraryTables('postgresql'));
  const compiler = await compilerFor(schema, database);
  const live = openLiveClient(schema, database);
  await compareCalls(t, live, compiler, libraryCalls('postgresql'));
  compiler.free();
  await live.close();
});
