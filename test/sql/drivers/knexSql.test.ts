import assert from 'node:assert/strict';
import { test } from 'node:test';
import createKnex, { type Knex } from 'knex';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { startPostgres } from '../support/databases/postgres.ts';
import { CHAINS, POSTGRES_CHAINS } from './knexChains.ts';

// What a builder is said to send, against what Knex itself makes of the same steps.

async function writtenFor(client: string, chains: readonly string[]): Promise<readonly string[]> {
  const functions = chains.map(
    (chain, at) => `export async function f${at}(a: number, b: string, ids: number[]) { return await ${chain}; }\n`,
  );
  const files = {
    'package.json': JSON.stringify({ dependencies: { knex: '3.3.0', [client]: '1.0.0' } }),
    'src/db.ts': `import knex from 'knex';\nexport const db = knex({ client: '${client}' });\n`,
    'src/queries.ts': `import { db } from './db';\n${functions.join('')}`,
  };
  const { graph, coverage } = await analyse(files, []);
  assert.deepEqual(coverage.unresolved, []);
  assert.equal(graph.sites.length, chains.length);
  const compiler = createSqlCompiler(memoryWorkspace(files));
  return Promise.all(
    graph.sites.map(async (site) => {
      const answer = await compiler.sqlOf(graph, site);
      assert.equal(answer.kind, 'raw', JSON.stringify(answer));
      return answer.kind === 'raw' ? (answer.variants[0]?.statements[0]?.sql ?? '') : '';
    }),
  );
}

/** Any values do: the text has only their places. */
function builtBy(db: Knex, chain: string): Knex.QueryBuilder {
  return new Function('db', 'a', 'b', 'ids', `return ${chain};`)(db, 1, 5, [1, 2]);
}

for (const client of ['pg', 'mysql2', 'better-sqlite3'])
  test(`what ${client} is sent`, async () => {
    const db = createKnex({ client, useNullAsDefault: true });
    const chains = client === 'pg' ? [...CHAINS, ...POSTGRES_CHAINS] : CHAINS;
    const written = await writtenFor(client, chains);
    const sent = chains.map((chain) => builtBy(db, chain).toSQL().toNative().sql);
    assert.deepEqual(written, sent);
  });

test('what PostgreSQL is sent and takes', async (context) => {
  const server = await startPostgres();
  const connection = await server.connection('media');
  const db = createKnex({ client: 'pg', connection, pool: { min: 0, max: 1 } });
  context.after(async () => {
    await db.destroy();
    await server.close();
  });
  await db.raw(TABLES);
  const sent: string[] = [];
  db.on('query', ({ sql }: { readonly sql: string }) => sent.push(sql));
  const chains = [...CHAINS, ...POSTGRES_CHAINS];
  for (const chain of chains) await builtBy(db, chain);
  assert.deepEqual(await writtenFor('pg', chains), sent);
});

const TABLES = `
  CREATE TABLE media_items (
    id serial PRIMARY KEY, user_id integer, kind text, filename text, size integer, created_at timestamptz, removed_at timestamptz
  );
  CREATE TABLE embeddings (id serial PRIMARY KEY, media_item_id integer REFERENCES media_items (id));
`;
