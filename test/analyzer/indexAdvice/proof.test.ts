import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { IndexAdvice, ReportedIndex } from '#shared/report.ts';
import { parseBySchema } from '#test/cli/jsonSchemas.ts';
import { runCli } from '#test/cli/runCli.ts';
import { startPostgres } from '#test/sql/support/databases/postgres.ts';
import { prismaTables } from '#test/sql/support/prismaTables.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { indexesIn, openAdvised } from './advisedDatabase.ts';
import type { Explained } from './explained.ts';
import { PROGRAM } from './program.ts';

const root = projectFolder({ after }, PROGRAM);
const { stdout, stderr } = await runCli(['indexes', '--format', 'json', '--write', '--drop'], root);
const advice: IndexAdvice = parseBySchema('indexes.schema.json', stdout);
const advised = advice.indexes.filter(({ severity }) => severity !== 'hint');
const written = readdirSync(join(root, 'prisma/migrations')).sort().slice(1);
const migrations = written.map((name) => readFileSync(join(root, 'prisma/migrations', name, 'migration.sql'), 'utf8'));
const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');

const server = await startPostgres();
after(() => server.close());
const { adapter } = await server.open('advised');
const database = await openAdvised(adapter);
after(() => database.close());
const queries = [...new Set(advised.flatMap(({ serves }) => serves))];
const before = await askAll();
for (const sql of migrations) await database.run(sql);
await database.run('ANALYZE');
const since = await askAll();

async function askAll(): Promise<ReadonlyMap<string, readonly Explained[]>> {
  const all = new Map<string, readonly Explained[]>();
  for (const query of queries) all.set(query, await database.ask(query));
  return all;
}

const nameOf = ({ sql }: ReportedIndex): string => /INDEX CONCURRENTLY "([^"]+)"/.exec(sql ?? '')?.[1] ?? '';
const tableOf = ({ sql }: ReportedIndex): string => / ON "([^"]+)"/.exec(sql ?? '')?.[1] ?? '';

describe('indexes advised for a program on PostgreSQL with 200,000 rows a table', () => {
  test('cover every kind of lookup', () => {
    assert.deepEqual(advised.map(({ change, model, attribute }) => `${change} ${model} ${attribute}`).sort(), [
      'add AuditEntry @@index([actorId, createdAt])',
      'add AuditEntry @@index([createdAt])',
      'add Message @@index([recipientId])',
      'add Message @@index([senderId])',
      'add Order @@index([customerId, createdAt])',
      'add Order @@index([shopId, status, createdAt])',
      'add OrderItem @@index([orderId])',
      'add OrderItem @@index([productId])',
      'add Product @@index([categoryId])',
      'add Review @@index([productId])',
      'add Session @@index([token])',
    ]);
  });

  test('come as migrations of one statement each, in order', () => {
    assert.equal(stderr.match(/^querylens: wrote /gm)?.length, written.length + 1);
    assert.equal(migrations.length, advised.length + 1);
    for (const sql of migrations) assert.match(sql, /^(CREATE|DROP) INDEX CONCURRENTLY [^;]+;\n$/);
    assert.deepEqual(new Set(written.map((name) => name.slice(0, 14))).size, written.length);
  });

  test('are those Prisma makes of the written schema', async () => {
    const other = await server.open('renewed');
    const connection = await other.adapter.connect();
    await connection.executeScript(await prismaTables(schema, other.adapter));
    const renewed = await indexesIn(connection);
    await connection.dispose();
    assert.deepEqual(await database.indexes(), renewed);
  });

  for (const index of advised) {
    const name = nameOf(index);
    for (const query of index.serves) {
      const { line = 0, name: operation = '' } = advice.queries.find(({ id }) => id === query) ?? {};
      test(`${name} is used by ${operation} of line ${line}`, (context) => {
        const [old = [], now = []] = [before.get(query), since.get(query)];
        const at = now.findIndex(({ indexes }) => indexes.has(name));
        assert.ok(old.every(({ indexes }) => !indexes.has(name)));
        assert.notEqual(at, -1, now.map(({ outline }) => outline).join('; '));
        const [was, is] = [old[at], now[at]];
        assert.ok(was && is);
        context.diagnostic(`${was.ms.toFixed(2)} ms  ${was.outline}`);
        context.diagnostic(`${is.ms.toFixed(2)} ms  ${is.outline}`);
      });
    }

    test(`without ${name} a query reads its table from end to end`, async () => {
      const without: Explained[] = [];
      for (const query of index.serves) without.push(...(await database.ask(query, [`DROP INDEX "${name}"`])));
      const scans = without.filter(({ scanned }) => scanned.has(tableOf(index)));
      assert.ok(scans.length > 0, without.map(({ outline }) => outline).join('; '));
    });
  }
});
