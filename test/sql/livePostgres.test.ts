import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { libraryCalls } from './library/calls.ts';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { TOGETHER } from './library/together.ts';
import { READS } from './museum/reads.ts';
import { WRITES } from './museum/writes.ts';
import { compareCalls } from './support/compareCalls.ts';
import { compareGenerated } from './support/compareGenerated.ts';
import { compareTogether } from './support/compareTogether.ts';
import { execute } from './support/databases/database.ts';
import { startPostgres } from './support/databases/postgres.ts';
import { openLiveClient } from './support/liveClient.ts';
import { compilerFor, schemaModel } from './support/testCompiler.ts';

const server = await startPostgres();
after(() => server.close());

const read = (name: string) => readFileSync(join(import.meta.dirname, 'museum', name), 'utf8');

test('calls on the museum', async (t) => {
  const schema = read('schema.prisma');
  const database = await server.open('museum');
  await execute(
    database,
    read('tables.sql')
      .split(';\n')
      .filter((statement) => statement.trim() !== ''),
  );
  const compiler = await compilerFor(schema, database);
  const live = openLiveClient(schema, database);
  await compareCalls(t, live, compiler, [...READS, ...WRITES]);
  await compareGenerated(t, live, compiler, schemaModel(schema), 150);
  compiler.free();
  await live.close();
});

test('calls on the library', async (t) => {
  const schema = librarySchema('postgresql');
  const database = await server.open('library');
  await execute(database, libraryTables('postgresql'));
  const compiler = await compilerFor(schema, database);
  const live = openLiveClient(schema, database);
  await compareCalls(t, live, compiler, libraryCalls('postgresql'));
  await compareTogether(t, live, compiler, TOGETHER);
  await compareGenerated(t, live, compiler, schemaModel(schema), 150);
  compiler.free();
  await live.close();
});

test('an adapter that is told a schema', async (t) => {
  const schema = librarySchema('postgresql');
  const database = await server.open('tenants', 'tenant');
  await execute(database, ['CREATE SCHEMA "tenant"', 'ALTER DATABASE "tenants" SET search_path TO "tenant"']);
  await execute(database, libraryTables('postgresql'));
  const compiler = await compilerFor(schema, database);
  const live = openLiveClient(schema, database);
  await compareCalls(t, live, compiler, libraryCalls('postgresql').slice(0, 20));
  compiler.free();
  await live.close();
});
