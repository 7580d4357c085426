import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

type Files = Readonly<Record<string, string>>;

const manifest = (...packages: readonly string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(packages.map((name) => [name, '1.0.0'])) });

function schemasOf(files: Files): readonly SchemaModel[] {
  const { schemas, problems } = loadSchemas(memoryWorkspace({ 'package.json': manifest('knex', 'pg'), ...files }));
  assert.deepEqual(problems, []);
  return schemas;
}

/** Columns with their types, relations by what they point to, and indexes. */
function told({ fields, indexes }: Model): readonly string[] {
  const columns = [...fields.values()].map((field) =>
    field.kind === 'relation'
      ? `${field.foreignKey} -> ${field.type}.${field.references}`
      : `${field.name} ${field.type}`,
  );
  const keys = indexes.map(
    ({ kind, method, where, fields: of }) =>
      `${kind} ${method} ${of.map(({ name }) => name)}${where ? ` where ${where}` : ''}`,
  );
  return [...columns, ...keys];
}

function check(title: string, files: Files, expected: Readonly<Record<string, readonly string[]>>): void {
  it(title, () => {
    const [schema] = schemasOf(files);
    assert.equal(schema?.kind, 'sql');
    assert.deepEqual(Object.fromEntries([...schema.models].map(([name, model]) => [name, told(model)])), expected);
  });
}

describe('tables are known from scripts', () => {
  check(
    'with all that later ones change',
    {
      'db/001.sql': `CREATE TABLE IF NOT EXISTS users (uid bigserial PRIMARY KEY, email varchar(80) UNIQUE, old text);
        CREATE TABLE public.posts (id uuid, user_id bigint REFERENCES users, body text, tags text[], PRIMARY KEY (id));
        CREATE TEMP TABLE scratch (id int);`,
      'db/002.sql': `ALTER TABLE posts ADD COLUMN at timestamptz NOT NULL DEFAULT now(), ADD CONSTRAINT one UNIQUE (user_id, at);
        ALTER TABLE users DROP COLUMN old; ALTER TABLE users RENAME COLUMN email TO mail;
        CREATE INDEX CONCURRENTLY recent ON posts (at DESC) WHERE body IS NOT NULL;
        CREATE INDEX ON posts USING gin (tags);
        CREATE TABLE gone (id int); DROP TABLE gone;`,
      'db/002.down.sql': 'DROP TABLE posts;',
      'tests/tables.sql': 'CREATE TABLE tried (id int);',
    },
    {
      users: ['uid BigInt', 'mail String', 'id btree uid', 'unique btree mail'],
      posts: [
        ...['id String', 'user_id BigInt', 'body String', 'tags String', 'at DateTime', 'user_id -> users.uid'],
        ...['id btree id', 'unique btree user_id,at', 'index btree at where body IS NOT NULL', 'index gin tags'],
      ],
    },
  );
  check(
    'of migrations that Knex runs',
    {
      'migrations/20240101_init.js': `exports.up = (knex) => knex.schema
          .createTable('users', (table) => { table.increments(); table.string('email').notNullable().unique(); table.timestamps(true, true); })
          .createTable('posts', (t) => {
            t.uuid('id').primary();
            t.integer('user_id').references('id').inTable('users').index();
            t.specificType('embedding', 'vector(3)');
            t.unique(['user_id', 'id']);
          });
        exports.down = (knex) => knex.schema.dropTable('posts').dropTable('users');`,
      'migrations/20240102_more.ts': `export async function up(knex) {
          await knex.schema.alterTable('posts', (t) => { t.boolean('pinned').defaultTo(false); t.foreign('id').references('users.id'); t.dropColumn('embedding'); });
          await knex.raw(\`CREATE INDEX CONCURRENTLY waiting ON posts (pinned) WHERE NOT pinned\`);
        }`,
      'migrations/helpers.ts': `export const up = (knex) => knex.schema.createTable('no_migration', (t) => { t.increments(); });`,
    },
    {
      users: [
        'id Int',
        'email String',
        'created_at DateTime',
        'updated_at DateTime',
        'id btree id',
        'unique btree email',
      ],
      posts: [
        ...['id String', 'user_id Int', 'pinned Boolean', 'user_id -> users.id', 'id -> users.id'],
        ...['id btree id', 'index btree user_id', 'unique btree user_id,id', 'index btree pinned where NOT pinned'],
      ],
    },
  );
});

describe('a schema of tables', () => {
  const TABLE = { 'db/1.sql': 'CREATE TABLE "Post" (id int); CREATE TABLE other (id int);' };

  it('is there only where something is asked through a driver', () => {
    assert.deepEqual(schemasOf({ ...TABLE, 'package.json': manifest('express') }), []);
    const developed = JSON.stringify({ devDependencies: { pg: '8.0.0' } });
    assert.deepEqual(schemasOf({ ...TABLE, 'package.json': developed }), []);
    assert.deepEqual(schemasOf({ 'package.json': manifest('pg') })[0]?.models.size, 0);
  });

  it('speaks the language of the drivers', () => {
    const provider = (...packages: readonly string[]) =>
      schemasOf({ 'package.json': manifest(...packages) }).map((schema) => schema.provider);
    assert.deepEqual(provider('knex', 'mysql2'), ['mysql']);
    assert.deepEqual(provider('better-sqlite3'), ['sqlite']);
    assert.deepEqual(provider('pg', 'mysql2'), [null]);
  });

  it('leaves to Prisma what that maps', () => {
    const prisma = 'datasource db {\n  provider = "postgresql"\n}\nmodel Post {\n  id Int @id\n}\n';
    const [first, second] = schemasOf({ ...TABLE, 'prisma/schema.prisma': prisma });
    assert.equal(first?.kind, 'prisma');
    assert.deepEqual([...(second?.models.keys() ?? [])], ['other']);
  });
});
