import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '#analyzer/applyFixes.ts';
import { migrationFiles } from '#analyzer/indexAdvice/migrationFiles.ts';
import { chosenChanges, schemaEdits } from '#analyzer/indexAdvice/schemaEdits.ts';
import { indexToAdd, replacedBy } from '#schema/indexChanges.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { IndexToAdd } from '#shared/indexChange.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const FIELDS = '  id Int @id\n  a  Int\n  b  Int\n  c  Int\n';
const INIT = 'prisma/migrations/20240101000000_init/migration.sql';

interface Written {
  readonly text: string;
  readonly migrations: readonly string[];
}

/** A model of three fields with these attributes, once indexes are added. */
function write(attributes: string, added: readonly (readonly string[])[], drop: boolean, newline = '\n'): Written {
  const text = `datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n${FIELDS}${attributes}}\n`.replaceAll(
    '\n',
    newline,
  );
  const files = { 'prisma/schema.prisma': text, [INIT]: 'CREATE TABLE "A" ("id" INT);' };
  const [schema] = loadSchemas(memoryWorkspace(files)).schemas;
  const model = schema?.models.get('A');
  assert.ok(schema && model);
  const changes = added.map(
    (fields): IndexToAdd => ({
      ...{ change: 'add', ...indexToAdd(schema, model, fields), serves: [] },
      replaces: replacedBy(schema, model, fields),
    }),
  );
  const chosen = chosenChanges(changes, drop);
  return {
    text: applyEdits(text, schemaEdits(chosen)).split(FIELDS.replaceAll('\n', newline))[1] ?? '',
    migrations: migrationFiles(chosen, [INIT], new Date(0)).map(({ file }) => file.split('/')[2] ?? ''),
  };
}

describe('a schema that gets indexes', () => {
  test('has them one below the other, after one blank line', () => {
    const { text } = write('', [['a'], ['b', 'c']], false);
    assert.equal(text, '\n  @@index([a])\n  @@index([b, c])\n}\n');
  });

  test('keeps its line breaks', () => {
    const { text } = write('', [['a'], ['b']], false, '\r\n');
    assert.equal(text, '\r\n  @@index([a])\r\n  @@index([b])\r\n}\r\n');
  });

  test('keeps what becomes superfluous unless it is to go', () => {
    assert.equal(write('\n  @@index([a])\n', [['a', 'b']], false).text, '\n  @@index([a])\n  @@index([a, b])\n}\n');
    assert.equal(write('\n  @@index([a])\n', [['a', 'b']], true).text, '\n  @@index([a, b])\n}\n');
  });

  test('loses an index once that two others begin with', () => {
    const { text, migrations } = write(
      '\n  @@index([a])\n',
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
      true,
    );
    assert.equal(text, '\n  @@index([a, b])\n  @@index([a, c])\n}\n');
    assert.equal(migrations.filter((name) => name.includes('drop')).length, 1);
  });

  test('loses all indexes that one begins with', () => {
    const { text } = write('\n  @@index([a])\n  @@index([a, b], map: "my")\n', [['a', 'b', 'c']], true);
    assert.equal(text, '\n  @@index([a, b, c])\n}\n');
  });

  test('keeps unique keys, and indexes of another kind', () => {
    const attributes = '\n  @@unique([a])\n  @@index([a], type: Hash)\n  @@index([b(sort: Desc)])\n';
    const { text } = write(
      attributes,
      [
        ['a', 'c'],
        ['b', 'c'],
      ],
      true,
    );
    assert.equal(text, `${attributes.replace('@@index([b(sort: Desc)])', '@@index([b, c])')}  @@index([a, c])\n}\n`);
  });
});

test('migrations are a second apart and later than those that are there', () => {
  const { migrations } = write('\n  @@index([a])\n', [['a', 'b'], ['c']], true);
  assert.deepEqual(migrations, [
    '20240101000001_add_a_a_b_index',
    '20240101000002_add_a_c_index',
    '20240101000003_drop_a_a_index',
  ]);
});

test('scripts that are numbered and not dated follow each other', () => {
  const added = ['db/0007_add_a_index.sql', 'db/0007_add_b_index.sql', '0012_add_c_index.sql'].map(
    (file): IndexToAdd => ({
      ...{ change: 'add', attribute: '', sql: null, edit: null, migration: { file, text: ';' } },
      ...{ serves: [], replaces: [] },
    }),
  );
  assert.deepEqual(
    migrationFiles({ added, dropped: [] }, [], new Date(0)).map(({ file }) => file),
    ['db/0007_add_a_index.sql', 'db/0008_add_b_index.sql', '0012_add_c_index.sql'],
  );
});
