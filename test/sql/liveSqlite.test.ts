import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { compileCall } from '#sql/compileCall.ts';
import type { Call } from '#sql/prismaCompiler.ts';
import { libraryCalls } from './library/calls.ts';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { TOGETHER } from './library/together.ts';
import { compareCalls } from './support/compareCalls.ts';
import { compareTogether } from './support/compareTogether.ts';
import { execute } from './support/databases/database.ts';
import { openSqlite } from './support/databases/sqlite.ts';
import { openLiveClient } from './support/liveClient.ts';
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

test('calls made together', (t) => compareTogether(t, live, compiler, TOGETHER));

test('rows and filters longer than the database takes are sent in several statements', (t) => {
  const numbers = Array.from({ length: 2500 }, (_, index) => index);
  return compareCalls(t, live, compiler, [
    ['Tag', 'findMany', { where: { id: { in: numbers } } }],
    ['Tag', 'createMany', { data: numbers.map((number) => ({ name: `long${number}` })) }],
    [
      'Author',
      'createManyAndReturn',
      { data: numbers.slice(0, 700).map((number) => ({ email: `long${number}`, name: 'a' })) },
    ],
    ['Tag', 'findMany', { where: { id: { notIn: numbers } } }, { fails: true }],
  ]);
});

test('columns that a client leaves out of every answer', async (t) => {
  const options = { omit: { author: { email: true, createdAt: true }, tag: { name: true } } };
  const [silent, own] = [openLiveClient(schema, database, options), await compilerFor(schema, database, options)];
  await compareCalls(t, silent, own, [
    ['Author', 'findMany'],
    ['Author', 'findMany', { omit: { email: false, name: true } }],
    ['Author', 'findMany', { select: { email: true } }],
    ['Book', 'findMany', { include: { author: true, tags: { omit: { name: false } } } }],
    ['Tag', 'create', { data: { name: 'left out' } }],
  ]);
  own.free();
});

test('what the client refuses the compiler refuses', () => {
  const call: Call = { model: 'Author', operation: 'findMany', args: { where: { nowhere: 1 } } };
  assert.throws(() => compileCall(compiler, call));
});
