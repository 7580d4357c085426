import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { compileBatch, compileCall } from '#sql/compileCall.ts';
import type { Call } from '#sql/prismaCompiler.ts';
import { libraryCalls } from './library/calls.ts';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { compareCalls } from './support/compareCalls.ts';
import { execute } from './support/databases/database.ts';
import { openSqlite } from './support/databases/sqlite.ts';
import { make, openLiveClient } from './support/liveClient.ts';
import { compilerFor } from './support/testCompiler.ts';

const schema = librarySchema('sqlite');
const database = openSqlite();
await execute(database, libraryTables('sqlite'));
const compiler = await compilerFor(schema, database);
const live = openLiveClient(schema, database);
after(async () => {
  compiler.free();
  await live.close();
});

test('compiled statements are those a client sends', (t) => compareCalls(t, live, compiler, libraryCalls('sqlite')));

test('lookups made at once are sent as one', async () => {
  const calls = [1, 2, 3].map((id): Call => ({ model: 'Author', operation: 'findUnique', args: { where: { id } } }));
  const { statements } = await live.run((client) => Promise.all(calls.map((call) => make(call, client))));
  assert.deepEqual(
    statements,
    compileBatch(compiler, calls).map(({ sql }) => sql),
  );
  assert.equal(statements.length, 1);
});

test('what the client refuses the compiler refuses', () => {
  const call: Call = { model: 'Author', operation: 'findMany', args: { where: { nowhere: 1 } } };
  assert.throws(() => compileCall(compiler, call));
});
