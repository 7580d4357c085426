import { after, test } from 'node:test';
import { libraryCalls } from './library/calls.ts';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { compareCalls } from './support/compareCalls.ts';
import { execute } from './support/databases/database.ts';
import { startMariadb } from './support/databases/mariadb.ts';
import { openLiveClient } from './support/liveClient.ts';
import { compilerFor } from './support/testCompiler.ts';

const server = await startMariadb();
const skip = server ? false : 'no MariaDB or MySQL server is installed';
after(() => server?.close());

test('calls on the library', { skip }, async (t) => {
  if (!server) return;
  const schema = librarySchema('mysql');
  const database = await server.open('library');
  await execute(database, libraryTables('mysql'));
  const compiler = await compilerFor(schema, database);
  const live = openLiveClient(schema, database);
  await compareCalls(t, live, compiler, libraryCalls('mysql'));
  compiler.free();
  await live.close();
});
