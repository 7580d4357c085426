import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { attributeStatement } from '#bridge/attribute/attribute.ts';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import { libraryCalls } from '#test/sql/library/calls.ts';
import { librarySchema, libraryTables } from '#test/sql/library/libraryTables.ts';
import { execute } from '#test/sql/support/databases/database.ts';
import { openSqlite } from '#test/sql/support/databases/sqlite.ts';
import { make, openLiveClient } from '#test/sql/support/liveClient.ts';
import { codeOf } from '#test/sql/support/writtenCode.ts';
import { indexOf, lineOf } from '../support/indexOf.ts';

/** Each call of the library on a line of its own, and really made: what the database was sent must lead back to that line or to none. */
const calls = libraryCalls('sqlite').filter((call) => !codeOf(call).includes('given()'));
const schema = librarySchema('sqlite');
const database = openSqlite();
await execute(database, libraryTables('sqlite'));
const live = openLiveClient(schema, database);
after(() => live.close());

const FIRST_LINE = 4;
const code = [
  "import { PrismaClient } from '@prisma/client';",
  'const prisma = new PrismaClient();',
  'export const calls = [',
  ...calls.map((call) => `  () => ${codeOf(call)},`),
  '];',
].join('\n');
const { index, graph } = await indexOf({ 'prisma/schema.prisma': schema, 'src/calls.ts': `${code}\n` });

const sent: { readonly line: number; readonly statements: readonly string[] }[] = [];
for (const [at, [model, operation, args = {}]] of calls.entries()) {
  const { statements } = await live.run((client) => make({ model, operation, args }, client));
  sent.push({ line: FIRST_LINE + at, statements });
}

/** Where each statement is said to come from. */
function attributed(tag: (line: number) => string) {
  const found = { right: 0, wrong: [] as string[], ambiguous: 0, none: [] as string[] };
  for (const { line, statements } of sent) {
    for (const sql of statements) {
      const answer = attributeStatement(index, canonicalSql(sql + tag(line), 'sqlite'), 'sqlite');
      if (answer.kind === 'ambiguous') {
        found.ambiguous += 1;
        const among = answer.candidates.some((site) => lineOf(site) === line);
        if (!among) found.wrong.push(`${line}: ${sql}`);
      } else if (answer.kind !== 'site') found.none.push(`${line}: ${sql}`);
      else if (lineOf(answer.site) === line) found.right += 1;
      else found.wrong.push(`${line} and not ${lineOf(answer.site)}: ${sql}`);
    }
  }
  return found;
}

test('the library is a project of understood calls', () => {
  assert.equal(graph.sites.length, calls.length);
});

test('by its text, a statement is never put on another line, and each leads to some call', (context) => {
  const { right, wrong, ambiguous, none } = attributed(() => '');
  context.diagnostic(`${right} on their line, ${ambiguous} ambiguous`);
  assert.deepEqual({ wrong, none }, { wrong: [], none: [] });
  assert.ok(right > 80, `only ${right}`);
});

test('with a tag, each statement is put on its line', () => {
  const { right, wrong, ambiguous, none } = attributed((line) => ` /*querylens='src%2Fcalls.ts%3A${line}%3A10'*/`);
  const all = sent.reduce((sum, { statements }) => sum + statements.length, 0);
  assert.deepEqual({ right, wrong, ambiguous, none }, { right: all, wrong: [], ambiguous: 0, none: [] });
});
