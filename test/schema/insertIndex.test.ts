import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertIndexEdit } from '#schema/insertIndex.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { describeIndexes } from './describeSchema.ts';

const HEAD = 'datasource db {\n  provider = "postgresql"\n}\n\n';

interface Case {
  readonly says: string;
  /** The model as it stands; `§` marks what the edit adds. */
  readonly model: string;
}

const cases: readonly Case[] = [
  {
    says: 'after a blank line where the block has no attribute',
    model: 'model A {\n  id Int @id\n  x  Int\n§\n  @@index([x, id])\n§}\n',
  },
  { says: 'without a second blank line', model: 'model A {\n  id Int @id\n  x Int\n\n§  @@index([x, id])\n§}\n' },
  {
    says: 'after the attributes that are there',
    model: 'model A {\n  id Int @id\n  x Int\n\n  @@index([x]) // x\n  @@map("a")\n§  @@index([x, id])\n§}\n',
  },
  {
    says: 'before what follows the attributes',
    model: 'model A {\n  @@map("a")\n§  @@index([x, id])\n§  id Int @id\n  // the end\n  x Int\n}\n',
  },
  { says: 'with tabs', model: 'model A {\n\tid Int @id\n\tx Int\n§\n\t@@index([x, id])\n§}\n' },
  {
    says: 'with four blanks',
    model: 'model A {\n    id Int @id\n    x Int\n\n    @@map("a")\n§    @@index([x, id])\n§}\n',
  },
  {
    says: 'after a comment at the end',
    model: 'model A {\n  id Int @id\n  x Int\n  // end }\n§\n  @@index([x, id])\n§}\n',
  },
  { says: 'in an indented block', model: '  model A {\n    id Int @id\n    x Int\n§\n    @@index([x, id])\n§  }\n' },
];

for (const { says, model } of cases) {
  for (const newline of ['\n', '\r\n']) {
    test(`adds a line ${says} (${newline === '\n' ? 'LF' : 'CRLF'})`, () => {
      const expected = (HEAD + model).replaceAll('\n', newline).replaceAll('§', '');
      const before = (HEAD + model).replaceAll('\n', newline).replace(/§[^§]*§/, '');
      const loaded = loadSchemas(memoryWorkspace({ 'schema.prisma': before })).schemas[0]?.models.get('A');
      assert.ok(loaded);
      const edit = insertIndexEdit(loaded, ['x', 'id']);
      assert.ok(edit);
      const after = before.slice(0, edit.span.start) + edit.newText + before.slice(edit.span.end);
      assert.equal(after, expected);
      const { schemas, problems } = loadSchemas(memoryWorkspace({ 'schema.prisma': after }));
      assert.deepEqual(problems, []);
      assert.ok(describeIndexes(schemas[0], 'A').includes('index x id'));
    });
  }
}
