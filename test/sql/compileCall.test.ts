import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Arguments } from '#sql/clientArguments.ts';
import { compileCall, type Statement } from '#sql/compileCall.ts';
import { librarySchema } from './library/libraryTables.ts';
import { openTestCompiler } from './support/testCompiler.ts';

const compiler = await openTestCompiler(librarySchema('sqlite'), { provider: 'sqlite', supportsRelationJoins: false });
after(() => compiler.free());

/** Each statement as the word it begins with, its first table and what surrounds it. */
function check(model: string, operation: string, args: Arguments, expected: readonly string[]): void {
  assert.deepEqual(compileCall(compiler, { model, operation, args }).map(short), expected);
}

function short({ kind, sql, child, conditional, transaction }: Statement): string {
  const [, table] = /(?:FROM|INTO|UPDATE) `main`\.`(\w+)`/.exec(sql) ?? [];
  const around = Object.entries({ child, conditional, transaction }).flatMap(([name, is]) => (is ? [name] : []));
  return [kind, sql.split(' ')[0], table, ...around].join(' ');
}

test('relations are read for the rows of the statement before', () => {
  check('Author', 'findMany', { include: { books: { include: { reviews: true } }, profile: true } }, [
    'query SELECT authors',
    'query SELECT books child',
    'query SELECT Profile child',
    'query SELECT Review child',
  ]);
});

test('what only some rows lead to is conditional', () => {
  check('Tag', 'upsert', { where: { id: 1 }, create: { name: 'a' }, update: { name: 'b' } }, [
    'query SELECT Tag transaction',
    'query UPDATE Tag conditional transaction',
    'query SELECT Tag conditional transaction',
    'query INSERT Tag conditional transaction',
    'query SELECT Tag conditional transaction',
  ]);
});

test('one statement needs no transaction', () => {
  check('Tag', 'create', { data: { name: 'a' } }, ['query INSERT Tag']);
  check('Author', 'findMany', { take: 0 }, []);
});
