import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCall } from '#sql/compileCall.ts';
import type { SqlProvider } from '#sql/prismaCompiler.ts';
import { libraryCalls } from './library/calls.ts';
import { librarySchema } from './library/libraryTables.ts';
import { nameOf } from './support/compareCalls.ts';
import { openTestCompiler } from './support/testCompiler.ts';

/** Databases without a client to compare with: that nothing is refused, and that the text is of their dialect. */
async function check(provider: SqlProvider, schema: string, own: RegExp, unknown: RegExp): Promise<void> {
  const compiler = await openTestCompiler(schema, { provider, supportsRelationJoins: false });
  const calls = libraryCalls(provider === 'sqlserver' ? 'mysql' : 'postgresql');
  const refused = calls.flatMap(([model, operation, args = {}]) => {
    const call = { model, operation, args };
    if (unknown.test(nameOf(call))) return [];
    try {
      for (const { sql } of compileCall(compiler, call)) assert.match(sql, own);
      return [];
    } catch (error) {
      return [`${nameOf(call)}: ${error instanceof Error ? error.message : JSON.stringify(error)}`];
    }
  });
  compiler.free();
  assert.deepEqual(refused, []);
}

test('CockroachDB', () => {
  const schema = librarySchema('cockroachdb').replaceAll('autoincrement()', 'sequence()');
  return check('cockroachdb', schema, /"public"\."/, /^$/);
});

test('SQL Server, which has neither enums nor JSON nor rows to return', () => {
  const schema = librarySchema('sqlserver')
    .replace(/enum Role \{[^}]*\}/, '')
    .replace(/Role( +)@default\(READER\)/, 'String @default("READER")')
    .replace('Json?', 'String?')
    .replaceAll('references: [id])', 'references: [id], onDelete: NoAction, onUpdate: NoAction)');
  return check('sqlserver', schema, /\[dbo\]\.\[/, /"extra"/);
});
