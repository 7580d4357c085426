import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import type { PostgresServer } from '#sql/plan/postgresConnection.ts';
import { postgresPlanner } from '#sql/plan/postgresPlanner.ts';
import { embeddedPostgres } from '#sql/plan/postgresServers.ts';
import { verdictOn } from '#sql/plan/verdict.ts';
import { freePort } from '#test/support/freePort.ts';
import { librarySchema } from '../library/libraryTables.ts';
import { prismaTables } from '../support/prismaTables.ts';
import { openLibrary } from './libraryStatements.ts';

const folder = mkdtempSync(join(tmpdir(), 'querylens-plans-'));
// The user the server runs as must be able to enter.
chmodSync(folder, 0o755);
const port = await freePort();
const opened = await embeddedPostgres(join(folder, 'data'), port);
assert.ok(!('kind' in opened));
const server: PostgresServer = opened;
const library = await openLibrary('postgresql');
const adapter = new PrismaPg({ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres' });
const migrations = [
  { path: 'prisma/migrations/1_init/migration.sql', sql: await prismaTables(librarySchema('postgresql'), adapter) },
];
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('plans over tables from the schema are those over tables from migrations', async () => {
  const ours = await postgresPlanner(server, library.schema, []);
  const theirs = await postgresPlanner(server, library.schema, migrations);
  assert.deepEqual([ours.notes, theirs.notes], [[], []]);
  for (const sql of library.statements) {
    assert.deepEqual(await ours.plan(sql), await theirs.plan(sql), sql);
  }
  await ours.close();
  await theirs.close();
});

test('no database and no row is left behind', async () => {
  const planner = await postgresPlanner(server, library.schema, migrations);
  await planner.plan('INSERT INTO "public"."Tag" ("name") VALUES ($1)');
  const names = async () => {
    const connection = await server.connect(null);
    const { rows } = await connection.query("SELECT datname FROM pg_database WHERE datname LIKE 'querylens%'");
    await connection.end();
    return rows.length;
  };
  assert.equal(await names(), 1);
  await planner.close();
  assert.equal(await names(), 0);
});

test('migrations that do not work give way to the schema', async () => {
  const broken = [{ path: 'm/1/migration.sql', sql: 'CREATE TABLE "x" ("a" no_such_type);' }];
  const planner = await postgresPlanner(server, library.schema, broken);
  assert.match(planner.notes.join(), /made from the schema, because m\/1\/migration.sql does not work: .*no_such_type/);
  const sql = 'SELECT "public"."Tag"."id" FROM "public"."Tag" WHERE "public"."Tag"."name" = $1';
  assert.equal(verdictOn(sql, await planner.plan(sql), 'postgresql'), 'uses Tag_name_key to find Tag by name');
  await planner.close();
});

test('what migrations do beyond tables is not done', async () => {
  const sql = `CREATE ROLE "querylens_test_role"; CREATE DATABASE "querylens_test_other"; ${migrations[0]?.sql ?? ''}; INSERT INTO "Tag" ("name") VALUES ('x');`;
  const planner = await postgresPlanner(server, library.schema, [{ path: 'm', sql }]);
  const connection = await server.connect(null);
  const { rows } = await connection.query(
    "SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'querylens%' UNION SELECT datname FROM pg_database WHERE datname LIKE 'querylens_test%'",
  );
  assert.deepEqual(rows, []);
  await connection.end();
  await planner.close();
});

test('an index that is entered by its second column serves nothing', async () => {
  const planner = await postgresPlanner(server, library.schema, []);
  const sql = 'SELECT "public"."books"."id" FROM "public"."books" WHERE "public"."books"."book_title" = $1';
  assert.equal(
    verdictOn(sql, await planner.plan(sql), 'postgresql'),
    'reads the whole table books: no index serves book_title',
  );
  await planner.close();
});
