import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexMigration } from '#schema/indexMigration.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const MODEL = 'model Order {\n  id Int @id\n  status String\n  createdAt DateTime\n}\n';
const MAPPED =
  'model OrderLine {\n  id Int @id\n  createdAt DateTime @map("created_at")\n\n  @@map("order_lines")\n  @@SCHEMA\n}\n';
const INIT = { 'prisma/migrations/20240101000000_init/migration.sql': 'CREATE TABLE "X" ("id" INT);' };

interface Case {
  readonly says: string;
  readonly provider: string;
  readonly model?: string;
  readonly fields?: readonly string[];
  readonly others?: Readonly<Record<string, string>>;
  /** Null where there is nowhere to put a migration. */
  readonly sql: string | null;
  readonly file?: string;
}

const cases: readonly Case[] = [
  {
    says: 'in PostgreSQL, beside what is written meanwhile',
    provider: 'postgresql',
    sql: 'CREATE INDEX CONCURRENTLY "Order_status_createdAt_idx" ON "Order"("status", "createdAt");\n',
    file: 'prisma/migrations/{timestamp}_add_order_status_created_at_index/migration.sql',
  },
  {
    says: 'in MySQL',
    provider: 'mysql',
    sql: 'CREATE INDEX `Order_status_createdAt_idx` ON `Order`(`status`, `createdAt`);\n',
  },
  {
    says: 'in SQLite',
    provider: 'sqlite',
    sql: 'CREATE INDEX "Order_status_createdAt_idx" ON "Order"("status", "createdAt");\n',
  },
  {
    says: 'in SQL Server',
    provider: 'sqlserver',
    sql: 'CREATE NONCLUSTERED INDEX [Order_status_createdAt_idx] ON [dbo].[Order]([status], [createdAt]);\n',
  },
  {
    says: 'in CockroachDB',
    provider: 'cockroachdb',
    sql: 'CREATE INDEX "Order_status_createdAt_idx" ON "Order"("status", "createdAt");\n',
  },
  {
    says: 'by the names of the database',
    provider: 'postgresql',
    model: MAPPED.replace('  @@SCHEMA\n', ''),
    fields: ['createdAt'],
    sql: 'CREATE INDEX CONCURRENTLY "order_lines_created_at_idx" ON "order_lines"("created_at");\n',
  },
  {
    says: 'in the schema of the database the model is in',
    provider: 'postgresql"\n  schemas = ["shop"]\n  //"',
    model: MAPPED.replace('@@SCHEMA', '@@schema("shop")'),
    fields: ['createdAt'],
    sql: 'CREATE INDEX CONCURRENTLY "order_lines_created_at_idx" ON "shop"."order_lines"("created_at");\n',
  },
  {
    says: 'with a name no longer than the database takes',
    provider: 'mysql',
    model: `model ${'Long'.repeat(12)} {\n  id Int @id\n  aRatherLongColumnName Int\n}\n`,
    fields: ['aRatherLongColumnName'],
    sql: `CREATE INDEX \`${'Long'.repeat(12)}_aRatherLong_idx\` ON \`${'Long'.repeat(12)}\`(\`aRatherLongColumnName\`);\n`,
  },
  { says: 'nowhere without migrations', provider: 'postgresql', others: {}, sql: null },
  {
    says: 'nowhere where migrations are not those of Prisma',
    provider: 'postgresql',
    others: { 'prisma/migrations/1_init.sql': 'CREATE TABLE "X" ("id" INT);' },
    sql: null,
  },
];

for (const { says, provider, model = MODEL, fields = ['status', 'createdAt'], others = INIT, sql, file } of cases) {
  test(`makes an index ${says}`, () => {
    const text = `datasource db {\n  provider = "${provider}"\n}\n\n${model}`;
    const { schemas, problems } = loadSchemas(memoryWorkspace({ 'prisma/schema.prisma': text, ...others }));
    assert.deepEqual(problems, []);
    const [schema] = schemas;
    const [indexed] = schema?.models.values() ?? [];
    assert.ok(schema && indexed);
    const made = indexMigration(schema, indexed, fields);
    assert.equal(made?.text ?? null, sql);
    if (file !== undefined) assert.equal(made?.file, file);
  });
}
