import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mockMigrationAwareAdapterFactory } from '@prisma/driver-adapter-utils';
import { loadSqlite } from '#bridge/sqlite.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { tableNames } from '#schema/tableScript.ts';
import { sqlitePlan, sqlitePlanner } from '#sql/plan/sqlitePlanner.ts';
import { verdictOn } from '#sql/plan/verdict.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { librarySchema } from '../library/libraryTables.ts';
import { prismaTables } from '../support/prismaTables.ts';
import { openLibrary } from './libraryStatements.ts';

const sqlite = await loadSqlite();
assert.equal(sqlite.kind, 'available');
const library = await openLibrary('sqlite');

test('plans over our tables are those over the tables Prisma makes', async () => {
  const ours = sqlitePlanner(sqlite.open(':memory:'), library.schema);
  const real = sqlite.open(':memory:');
  real.pragma('foreign_keys = off');
  real.exec(await prismaTables(librarySchema('sqlite'), mockMigrationAwareAdapterFactory('sqlite')));
  assert.ok(library.statements.length > 120, `${library.statements.length} statements`);
  for (const sql of library.statements) {
    assert.deepEqual(await ours.plan(sql), sqlitePlan(real, sql, tableNames(library.schema)), sql);
  }
  await ours.close();
  real.close();
});

describe('verdicts', () => {
  const schema = schemaOf(`
    model User {
      id     Int     @id
      email  String  @unique
      orders Order[]
      groups Group[]
    }
    model Order {
      id     Int    @id
      userId Int
      status String
      note   String
      user   User   @relation(fields: [userId], references: [id])
      @@index([userId, status])
    }
    model Group {
      id      Int    @id
      name    String
      members User[]
    }`);
  const select = (rest: string) => `SELECT \`main\`.\`Order\`.\`id\` FROM \`main\`.\`Order\` ${rest}`;
  const cases: readonly (readonly [sql: string, verdict: string])[] = [
    [select('WHERE `main`.`Order`.`note` = ?'), 'reads the whole table Order: no index serves note'],
    [
      select('WHERE `main`.`Order`.`status` = ?'),
      'reads the whole table Order along Order_userId_status_idx: no index serves status',
    ],
    [select('WHERE `main`.`Order`.`userId` IN (?,?)'), 'uses Order_userId_status_idx to find Order by userId'],
    [
      select('WHERE (`main`.`Order`.`userId` = ? AND `main`.`Order`.`status` = ?) ORDER BY `main`.`Order`.`note` ASC'),
      'uses Order_userId_status_idx to find Order by userId, status; sorts what it found',
    ],
    [select('WHERE (`main`.`Order`.`id` = ? AND 1=1) LIMIT ? OFFSET ?'), 'finds Order by its primary key'],
    [select('WHERE 1=1'), 'reads the whole table Order along Order_userId_status_idx: nothing narrows it'],
    [
      select('ORDER BY `main`.`Order`.`note` ASC LIMIT ?'),
      'reads the whole table Order for its order by note; sorts what it found',
    ],
    [
      'SELECT `t1`.`id` FROM `main`.`Group` AS `t1` INNER JOIN `main`.`_GroupToUser` AS `t0` ON `t0`.`A` = `t1`.`id` WHERE `t0`.`B` IN (?)',
      'uses _GroupToUser_B_index to find _GroupToUser by B; finds Group by its primary key',
    ],
    ['SELECT 1', 'reads no table'],
  ];
  for (const [sql, verdict] of cases) {
    test(verdict, async () => {
      const planner = sqlitePlanner(sqlite.open(':memory:'), schema);
      assert.deepEqual(planner.notes, []);
      assert.equal(verdictOn(sql, await planner.plan(sql), 'sqlite'), verdict);
      await planner.close();
    });
  }
});

test('an index that cannot be made is told and left out', async () => {
  const schema = schemaOf(
    'model Note {\n  id Int @id\n  text String\n}',
    'CREATE INDEX "odd" ON "Note" (no_such("text"));',
  );
  const planner = sqlitePlanner(sqlite.open(':memory:'), schema);
  assert.equal(planner.notes.length, 1);
  assert.match(planner.notes[0] ?? '', /^left out CREATE INDEX "odd".*no such function/);
  await planner.close();
});

function schemaOf(models: string, migration = '') {
  const workspace = memoryWorkspace({
    'prisma/schema.prisma': `datasource db {\n  provider = "sqlite"\n}\n${models}`,
    'prisma/migrations/1_init/migration.sql': migration,
  });
  const [schema] = loadSchemas(workspace).schemas;
  assert.ok(schema);
  return schema;
}
