import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropIndexMigration } from '#schema/indexMigration.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const INIT = { 'prisma/migrations/20240101000000_init/migration.sql': 'CREATE TABLE "X" ("id" INT);' };

interface Case {
  readonly says: string;
  readonly provider?: string;
  /** `§` stands around what the cut takes out. */
  readonly model: string;
  /** Null where no migration can drop it. */
  readonly sql: string | null;
}

const PLAIN = 'model A {\n  id Int @id\n  x Int\n§\n  @@index([x])\n§}\n';

const cases: readonly Case[] = [
  {
    says: 'with the blank line before the only attribute',
    model: PLAIN,
    sql: 'DROP INDEX CONCURRENTLY "A_x_idx";\n',
  },
  {
    says: 'with its comment, beside other attributes',
    model: 'model A {\n  id Int @id\n  x Int @map("y")\n\n  @@map("a")\n§  @@index([x]) // for z\n§}\n',
    sql: 'DROP INDEX CONCURRENTLY "a_y_idx";\n',
  },
  {
    says: 'by its own name',
    model: 'model A {\n  id Int @id\n  x Int\n\n§  @@index([x], map: "my")\n§  @@map("a")\n}\n',
    sql: 'DROP INDEX CONCURRENTLY "my";\n',
  },
  {
    says: 'of one field without brackets',
    model: 'model A {\n  id Int @id\n  x Int\n\n  @@map("a")\n§  @@index(x(sort: Desc))\n§}\n',
    sql: 'DROP INDEX CONCURRENTLY "a_x_idx";\n',
  },
  {
    says: 'as an attribute of a field',
    model: 'model A {\n  id Int @id\n  x Int§ @unique(map: "u")§ @db.Integer\n}\n',
    sql: 'DROP INDEX CONCURRENTLY "u";\n',
  },
  {
    says: 'with line breaks of Windows',
    model: PLAIN.replaceAll('\n', '\r\n'),
    sql: 'DROP INDEX CONCURRENTLY "A_x_idx";\n',
  },
  { says: 'in MySQL', provider: 'mysql', model: PLAIN, sql: 'DROP INDEX `A_x_idx` ON `A`;\n' },
  { says: 'in SQLite', provider: 'sqlite', model: PLAIN, sql: 'DROP INDEX "A_x_idx";\n' },
  { says: 'in SQL Server', provider: 'sqlserver', model: PLAIN, sql: 'DROP INDEX [A_x_idx] ON [dbo].[A];\n' },
  {
    says: 'but no unique key of SQL Server, which is a constraint',
    provider: 'sqlserver',
    model: 'model A {\n  id Int @id\n  x Int§ @unique§\n}\n',
    sql: null,
  },
];

for (const { says, provider = 'postgresql', model, sql } of cases) {
  test(`drops an index ${says}`, async () => {
    const head = `datasource db {\n  provider = "${provider}"\n}\n\n`;
    const text = head + model.replaceAll('§', '');
    const { schemas } = await loadSchemas(memoryWorkspace({ 'prisma/schema.prisma': text, ...INIT }));
    const [schema] = schemas;
    const found = schema?.models.get('A');
    const index = found?.indexes.find(({ kind }) => kind !== 'id');
    assert.ok(schema && found && index?.cut);
    const { start, end } = index.cut;
    assert.equal(`${text.slice(0, start)}§${text.slice(start, end)}§${text.slice(end)}`, head + model);
    assert.equal(dropIndexMigration(schema, found, index)?.text ?? null, sql);
  });
}
