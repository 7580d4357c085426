import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { describeIndexes } from './describeSchema.ts';

const MODEL = `model User {
  id        Int       @id
  email     String    @unique
  firstName String    @map("first_name")
  age       Int
  tags      String
  deletedAt DateTime? @map("deleted_at")

  @@index([age])
  @@map("users")
}
`;
const OWN = ['id id', 'unique email', 'index age'];

function load(provider: string, scripts: readonly string[], model = MODEL): SchemaModel | undefined {
  const files = scripts.map((sql, at) => [`prisma/migrations/${at + 1}_step/migration.sql`, sql]);
  const schema = `datasource db {\n  provider = "${provider}"\n}\n${model}`;
  const { schemas, problems } = loadSchemas(
    memoryWorkspace({ ...Object.fromEntries(files), 'prisma/schema.prisma': schema }),
  );
  assert.deepEqual(problems, []);
  return schemas[0];
}

interface Case {
  readonly says: string;
  readonly provider?: string;
  /** One script for each migration. */
  readonly sql: readonly string[];
  /** What is there besides the schema's own indexes. */
  readonly adds?: readonly string[];
  /** All indexes, where the migrations change how the schema's own look. */
  readonly all?: readonly string[];
}

const TABLE =
  'CREATE TABLE "users" ("id" INTEGER NOT NULL, "email" TEXT, CONSTRAINT "users_pkey" PRIMARY KEY ("id"));\n';

const cases: readonly Case[] = [
  {
    says: 'does not double what the schema says',
    sql: [
      `${TABLE}CREATE UNIQUE INDEX "users_email_key" ON "users"("email");\nCREATE INDEX "other_name" ON "public"."users" USING btree ("age" ASC);`,
    ],
  },
  {
    says: 'reads partial, expression and covering indexes',
    sql: [
      `${TABLE}
      -- CREATE INDEX "commented" ON "users"("tags");
      /* CREATE INDEX /* nested */ "also" ON "users"("tags"); */
      CREATE INDEX CONCURRENTLY IF NOT EXISTS "live" ON ONLY "users" ("first_name" text_pattern_ops DESC NULLS LAST, "age")
        INCLUDE ("tags") WITH (fillfactor = 70) WHERE ("deleted_at" IS NULL AND "tags" <> 'a;b');
      create unique index on users (lower(email), (first_name || age::text) desc);`,
    ],
    adds: [
      `+ index firstName-:text_pattern_ops age where "deleted_at" IS NULL AND "tags" <> 'a;b'`,
      '+ unique (lower(email)) (first_name || age::text)-',
    ],
  },
  {
    says: 'reads index methods',
    sql: [
      'CREATE INDEX a ON users USING gin (tags gin_trgm_ops); CREATE INDEX b ON users USING HASH (tags); CREATE INDEX c ON users USING brin (deleted_at);',
    ],
    adds: ['+ index gin tags:gin_trgm_ops', '+ index hash tags', '+ index brin deletedAt'],
  },
  {
    says: 'reads collations without taking them for operator classes',
    sql: [
      'CREATE INDEX a ON users (first_name COLLATE "C" varchar_pattern_ops, tags COLLATE pg_catalog."en_US" DESC);',
    ],
    adds: ['+ index firstName:varchar_pattern_ops tags-'],
  },
  {
    says: 'makes changes in the order of the folders',
    sql: [
      'CREATE INDEX "one" ON "users"("tags"); CREATE INDEX "two" ON "users"("tags", "age"); CREATE INDEX "three" ON "users"("age", "tags");',
      'DROP INDEX CONCURRENTLY IF EXISTS "one", "public"."two" CASCADE; ALTER INDEX "three" RENAME TO "four";',
      'DROP INDEX "three"; CREATE INDEX "five" ON "users"("tags");',
    ],
    adds: ['+ index age tags', '+ index tags'],
  },
  {
    says: 'follows constraints',
    sql: [
      'ALTER TABLE "users" ADD CONSTRAINT "u1" UNIQUE ("tags"), ADD COLUMN "x" INT, ADD UNIQUE ("age", "tags"), ADD CONSTRAINT "fk" FOREIGN KEY ("age") REFERENCES "other"("id");',
      'ALTER TABLE ONLY "users" DROP CONSTRAINT IF EXISTS "u1", ADD CONSTRAINT no_overlap EXCLUDE USING gist (tags WITH =, age WITH &&);',
    ],
    adds: ['+ unique age tags', '+ index gist tags age'],
  },
  {
    says: 'turns an index into a constraint',
    sql: [
      'CREATE UNIQUE INDEX CONCURRENTLY "i" ON "users"("tags"); ALTER TABLE "users" ADD CONSTRAINT "c" UNIQUE USING INDEX "i";',
      'ALTER TABLE "users" DROP CONSTRAINT "c";',
    ],
  },
  {
    says: 'follows renamed tables and columns, in predicates too',
    sql: [
      'CREATE TABLE "people" ("id" INT PRIMARY KEY, "mail" TEXT UNIQUE); CREATE INDEX "i" ON "people"("name") WHERE "mail" IS NOT NULL AND mail <> \'mail\';',
      'ALTER TABLE "people" RENAME TO "users"; ALTER TABLE "users" RENAME COLUMN "name" TO "first_name"; ALTER TABLE "users" RENAME "mail" TO "email";',
    ],
    adds: [`+ index firstName where "email" IS NOT NULL AND email <> 'email'`],
  },
  {
    says: 'forgets indexes with their column or table',
    sql: [
      'CREATE INDEX "a" ON "users"("tags", "gone"); ALTER TABLE "users" DROP COLUMN IF EXISTS "gone";',
      'CREATE INDEX "b" ON "users"("tags"); DROP TABLE "users", "x";',
    ],
  },
  {
    says: 'sees what was edited into a migration of an index the schema has',
    sql: ['CREATE INDEX "users_age_idx" ON "users"("age" DESC) WHERE "deleted_at" IS NULL;'],
    all: ['id id', 'unique email', 'index age- where "deleted_at" IS NULL'],
  },
  {
    says: 'looks into DO blocks and over function bodies',
    sql: [
      `DO $do$ BEGIN
        IF NOT EXISTS (SELECT 1) THEN CREATE INDEX "a" ON "users"("tags"); END IF;
      END $do$;
      CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN CREATE INDEX "b" ON "users"("tags", "age"); RETURN NEW; END $$ LANGUAGE plpgsql;
      INSERT INTO "users" VALUES (E'it\\'s; CREATE INDEX "c" ON users(age, tags);', 'a''b', $x$;$x$);
      CREATE INDEX "d" ON "users"("age", "id");`,
    ],
    adds: ['+ index tags', '+ index age id'],
  },
  {
    says: 'tells quoted from bare names',
    sql: ['CREATE INDEX a ON Users(TAGS); CREATE INDEX b ON "Users"("tags", "age");'],
    adds: ['+ index tags'],
  },
  {
    says: 'reads MySQL',
    provider: 'mysql',
    sql: [
      'CREATE TABLE `Users` (`id` INT NOT NULL AUTO_INCREMENT, `email` VARCHAR(191) DEFAULT "KEY (a)", KEY `k` (`tags`(20), age DESC), UNIQUE KEY `u` (`first_name`), FULLTEXT INDEX `f` (`tags`), INDEX (`deleted_at`), CONSTRAINT `fk` FOREIGN KEY (`age`) REFERENCES `t`(`id`), PRIMARY KEY (`id`)) ENGINE=InnoDB; # note; CREATE INDEX `no` ON `users`(`age`);',
      "ALTER TABLE `users` ADD INDEX `n` (`age`, `tags`), DROP INDEX `u`, ADD UNIQUE INDEX `v` USING BTREE (`tags`, `age`), CHANGE COLUMN `age` `age` INT COMMENT 'it\\'s', RENAME INDEX `n` TO `m`; DROP INDEX `m` ON `users`;",
    ],
    adds: ['+ index tags age-', '+ fulltext tags', '+ index deletedAt', '+ unique tags age'],
  },
  {
    says: 'reads MySQL dropping a column out of an index',
    provider: 'mysql',
    sql: ['CREATE INDEX `a` ON `users`(`tags`, `gone`); RENAME TABLE `x` TO `y`; ALTER TABLE `users` DROP `gone`;'],
    adds: ['+ index tags'],
  },
  {
    says: 'reads how SQLite redefines a table',
    provider: 'sqlite',
    sql: [
      'CREATE TABLE "users" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "tags" TEXT); CREATE INDEX "i" ON "users"("tags");',
      'PRAGMA foreign_keys=OFF; CREATE TABLE "new_users" ("id" INTEGER NOT NULL PRIMARY KEY, "tags" TEXT); INSERT INTO "new_users" SELECT * FROM "users"; DROP TABLE "users"; ALTER TABLE "new_users" RENAME TO "users"; CREATE INDEX "j" ON "users"("tags", [age]); PRAGMA foreign_key_check;',
    ],
    adds: ['+ index tags age'],
  },
  {
    says: 'reads SQL Server',
    provider: 'sqlserver',
    sql: [
      "BEGIN TRY\n\nBEGIN TRAN;\n\nCREATE TABLE [dbo].[users] ([id] INT NOT NULL, [tags] NVARCHAR(10) CONSTRAINT [df] DEFAULT N'x', CONSTRAINT [users_pkey] PRIMARY KEY CLUSTERED ([id]), CONSTRAINT [u] UNIQUE NONCLUSTERED ([tags]));\nCREATE NONCLUSTERED INDEX [n] ON [dbo].[users]([age] ASC, [tags]) INCLUDE ([id]) WHERE ([deleted_at] IS NULL) WITH (ONLINE = ON);\nCOMMIT TRAN;\nEND TRY",
      "EXEC SP_RENAME N'dbo.users.n', N'm', N'INDEX';\nGO\nALTER TABLE [dbo].[users] DROP CONSTRAINT [u]\nGO\nCREATE INDEX [o] ON [users]([tags] DESC)\nGO",
    ],
    adds: ['+ index age tags where [deleted_at] IS NULL', '+ index tags-'],
  },
  {
    says: 'reads CockroachDB',
    provider: 'cockroachdb',
    sql: [
      'CREATE INDEX "a" ON "users"("tags") STORING ("age"); CREATE INDEX "b" ON "users"("tags", "age"); CREATE INVERTED INDEX "c" ON "users"("tags"); DROP INDEX "users"@"b" CASCADE;',
    ],
    adds: ['+ index tags', '+ index gin tags'],
  },
  {
    says: 'skips what it does not understand',
    sql: [
      'CREATE INDEX;; DROP INDEX; ALTER TABLE; CREATE TABLE x; "unclosed',
      "'open CREATE INDEX a ON users(tags);",
      ') ( $$ /* open',
    ],
  },
];

for (const { says, provider = 'postgresql', sql, adds = [], all = [...OWN, ...adds] } of cases) {
  test(says, () => {
    const schema = load(provider, sql);
    assert.deepEqual(describeIndexes(schema, 'User'), all);
  });
}

test('tells tables of several database schemas apart', () => {
  const schema = loadSchemas(
    memoryWorkspace({
      'prisma/schema.prisma': `datasource db {\n  provider = "postgresql"\n  schemas = ["public", "auth"]\n}\nmodel A {\n  id Int @id\n  x Int\n  @@map("t")\n  @@schema("auth")\n}\nmodel B {\n  id Int @id\n  x Int\n  @@map("t")\n  @@schema("public")\n}\n`,
      'prisma/migrations/1/migration.sql': 'CREATE INDEX a ON "auth"."t"("x"); CREATE INDEX b ON "t"("x", "id");',
    }),
  ).schemas[0];
  assert.deepEqual(describeIndexes(schema, 'A'), ['id id', '+ index x']);
  assert.deepEqual(describeIndexes(schema, 'B'), ['id id', '+ index x id']);
});

test('points at the statement in its migration', () => {
  const sql = 'SELECT 1;\n  CREATE INDEX "i"\n  ON "users"("tags");\n';
  const index = load('postgresql', [sql])?.models.get('User')?.indexes.at(-1);
  assert.equal(index?.at?.file, 'prisma/migrations/1_step/migration.sql');
  assert.equal(sql.slice(index?.at?.span.start, index?.at?.span.end), 'CREATE INDEX "i"\n  ON "users"("tags")');
});

const SQL = 'CREATE INDEX "i" ON "users"("tags");';
const places: readonly { says: string; files: Readonly<Record<string, string>>; found: boolean }[] = [
  {
    says: 'plain files beside the schema',
    files: { 'db/migrations/001.sql': SQL, 'db/schema.prisma': MODEL },
    found: true,
  },
  {
    says: 'beside the folder of a schema',
    files: { 'db/migrations/1/migration.sql': SQL, 'db/schema/user.prisma': MODEL },
    found: true,
  },
  {
    says: 'where the config says',
    files: {
      'prisma.config.ts': "export default { schema: 'db', migrations: { path: 'sql' } }",
      'sql/1/migration.sql': SQL,
      'db/schema.prisma': MODEL,
    },
    found: true,
  },
  {
    says: 'in a folder named after the database',
    files: { 'db/postgresql-migrations/1/migration.sql': SQL, 'db/schema.prisma': MODEL },
    found: true,
  },
  {
    says: 'in the folder of Supabase',
    files: { 'supabase/migrations/1.sql': SQL, 'prisma/schema.prisma': MODEL },
    found: true,
  },
  {
    says: 'not in the migrations of another package',
    files: { 'web/migrations/1/migration.sql': SQL, 'db/schema.prisma': MODEL },
    found: false,
  },
  {
    says: 'not in scripts that go back',
    files: { 'db/migrations/1/down.sql': SQL, 'db/schema.prisma': MODEL },
    found: false,
  },
];

for (const { says, files, found } of places) {
  test(`looks for migrations ${says}`, () => {
    const datasource = 'datasource db {\n  provider = "postgresql"\n}\n';
    const texts = Object.entries(files).map(([path, text]) => [
      path,
      path.endsWith('.prisma') ? datasource + text : text,
    ]);
    const { schemas } = loadSchemas(memoryWorkspace(Object.fromEntries(texts)));
    assert.deepEqual(describeIndexes(schemas[0], 'User'), found ? [...OWN, '+ index tags'] : OWN);
  });
}
