import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { compileCall } from '#sql/compileCall.ts';
import { CompilerPanic } from '#sql/compilerEngine.ts';
import type { Call } from '#sql/prismaCompiler.ts';
import { librarySchema } from './library/libraryTables.ts';
import { openTestCompiler } from './support/testCompiler.ts';

const open = () => openTestCompiler(librarySchema('sqlite'), { provider: 'sqlite', supportsRelationJoins: false });
const [compiler, neighbour] = [await open(), await open()];
after(() => {
  compiler.free();
  neighbour.free();
});

/** Prisma's compiler takes a `having` without conditions for impossible. */
const CRASH: Call = { model: 'Book', operation: 'groupBy', args: { by: ['authorId'], having: {} } };
const FINE: Call = { model: 'Author', operation: 'findMany', args: { include: { books: true } } };

test('a crash is told apart from a refusal', () => {
  assert.throws(() => compileCall(compiler, CRASH), CompilerPanic);
  const refused: Call = { model: 'Author', operation: 'findMany', args: { where: { nowhere: 1 } } };
  assert.throws(
    () => compileCall(compiler, refused),
    (error) => !(error instanceof CompilerPanic),
  );
});

test('the calls after a crash are compiled as before, of this schema and of others', () => {
  const before = [compileCall(compiler, FINE), compileCall(neighbour, FINE)];
  assert.equal(before[0]?.length, 2);
  for (let crash = 0; crash < 3; crash++) assert.throws(() => compileCall(compiler, CRASH), CompilerPanic);
  assert.deepEqual([compileCall(compiler, FINE), compileCall(neighbour, FINE)], before);
});

test('a compiler that is given back after a crash takes nothing along', async () => {
  const other = await open();
  assert.throws(() => compileCall(compiler, CRASH), CompilerPanic);
  other.free();
  assert.equal(compileCall(neighbour, FINE).length, 2);
});
