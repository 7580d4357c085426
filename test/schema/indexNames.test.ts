import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { indexToAdd } from '#schema/indexChanges.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import { startPostgres } from '#test/sql/support/databases/postgres.ts';
import { openSqlite } from '#test/sql/support/databases/sqlite.ts';
import { prismaTables } from '#test/sql/support/prismaTables.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const LONG = 'AVeryLongNameOfAModelThatSomebodyThoughtOfOnALongAfternoon';
const PLAIN = 'model A {\n  id Int @id\n  first Int\n  second Int\n}\n';

/** What is said of a name, a model, and the fields to index. */
const CASES: readonly (readonly [says: string, model: string, fields: readonly string[]])[] = [
  ['one field', PLAIN, ['first']],
  ['several fields', PLAIN, ['second', 'first']],
  ['mapped columns and table', PLAIN.replace('Int\n}', 'Int @map("2nd")\n  @@map("as")\n}'), ['first', 'second']],
  ['a model whose name is long', PLAIN.replace('A {', `${LONG} {`), ['first', 'second']],
  ['columns whose names are long', PLAIN.replace('first', `${LONG}1`).replace('second', LONG), [LONG, `${LONG}1`]],
  ['names of more than one byte a letter', PLAIN.replace('Int\n}', `Int\n  @@map("${'é'.repeat(29)}a")\n}`), ['first']],
  ['names with blanks', PLAIN.replace('Int\n}', 'Int @map("a b")\n  @@map("c d")\n}'), ['second']],
  ['a part of a key', 'model A {\n  x Int\n  y Int\n\n  @@id([x, y])\n}\n', ['y', 'x']],
  [
    'an index beside a partial one',
    PLAIN.replace('Int\n}', 'Int\n\n  @@index([first], where: { second: 1 })\n}'),
    ['first'],
  ],
];

const postgres = await startPostgres();
after(() => postgres.close());
const sqlite = openSqlite();
after(() => sqlite.close());
const databases = { postgresql: await postgres.open('names'), sqlite };

for (const provider of ['postgresql', 'sqlite'] as const) {
  describe(`on ${provider} an index is what Prisma makes of its attribute`, () => {
    for (const [says, model, fields] of CASES) {
      if (provider === 'sqlite' && model.includes('where:')) continue;
      test(`over ${says}`, async () => {
        const text = `generator client {\n  provider = "prisma-client"\n  previewFeatures = ["partialIndexes"]\n}\n\ndatasource db {\n  provider = "${provider}"\n}\n\n${model}`;
        const { schema, indexed } = loaded(text);
        const { edit, sql } = indexToAdd(schema, indexed, fields);
        assert.ok(edit);
        const { start, end } = edit.span;
        const after = text.slice(0, start) + edit.newText + text.slice(end);
        const [old, now] = [
          await prismaTables(text, databases[provider].adapter),
          await prismaTables(after, databases[provider].adapter),
        ];
        const added = statementsOf(now).filter((statement) => !statementsOf(old).includes(statement));
        assert.deepEqual([sql?.replace(' CONCURRENTLY', '')], added);
      });
    }
  });
}

function loaded(text: string): { readonly schema: SchemaModel; readonly indexed: Model } {
  const { schemas, problems } = loadSchemas(memoryWorkspace({ 'prisma/schema.prisma': text }));
  assert.deepEqual(problems, []);
  const [schema] = schemas;
  const [indexed] = schema?.models.values() ?? [];
  assert.ok(schema && indexed);
  return { schema, indexed };
}

function statementsOf(script: string): readonly string[] {
  return script
    .replace(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
