import { after, test } from 'node:test';
import { libraryCalls } from './library/calls.ts';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { TOGETHER } from './library/together.ts';
import { compareCalls } from './support/compareCalls.ts';
import { compareGenerated } from './support/compareGenerated.ts';
import { compareTogether } from './support/compareTogether.ts';
import { execute } from './support/databases/database.ts';
import { startMariadb } from './support/databases/mariadb.ts';
import { openLiveClient } from './support/liveClient.ts';
import { compilerFor, schemaModel } from './support/testCompiler.ts';

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
  await compareTogether(t, live, compiler, TOGETHER);
  await compareGenerated(t, live, compiler, schemaModel(schema), 150);
  compiler.free();
  await live.close();
});

test('an adapter that is told its database', { skip }, async (t) => {
  if (!server) return;
  const schema = librarySchema('mysql');
  const database = await server.open('named', true);
  await execute(database, libraryTables('mysql'));
  const compiler = await compilerFor(schema, database);
  const live = openLiveClient(schema, database);
  await compareCalls(t, live, compiler, libraryCalls('mysql').slice(0, 20));
  compiler.free();
  await live.close();
});
