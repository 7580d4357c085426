import { after, test } from 'node:test';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { compareGenerated } from './support/compareGenerated.ts';
import { execute } from './support/databases/database.ts';
import { openSqlite } from './support/databases/sqlite.ts';
import { openLiveClient } from './support/liveClient.ts';
import { compilerFor, schemaModel } from './support/testCompiler.ts';

const schema = librarySchema('sqlite');
const database = openSqlite();
await execute(database, libraryTables('sqlite'));
const compiler = await compilerFor(schema, database);
const live = openLiveClient(schema, database);
after(async () => {
  compiler.free();
  await live.close();
});

test('calls made from the schema are compiled as they are sent', (t) =>
  compareGenerated(t, live, compiler, schemaModel(schema), 600));
