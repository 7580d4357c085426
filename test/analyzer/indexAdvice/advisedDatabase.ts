import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { prismaTables } from '#test/sql/support/prismaTables.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { type Explained, explained } from './explained.ts';
import { PARAMETERS, PROGRAM } from './program.ts';
import { FILL } from './rows.ts';

/** The program's database with its rows. */
export interface AdvisedDatabase {
  run(sql: string): Promise<void>;
  indexes(): Promise<readonly unknown[]>;
  /** What each statement of a query does; `before` is done first and taken back with it. */
  ask(query: string, before?: readonly string[]): Promise<readonly Explained[]>;
  close(): Promise<void>;
}

/** Makes the tables as Prisma makes them, fills them, and compiles the queries as Prisma sends them. */
export async function openAdvised(adapter: SqlDriverAdapterFactory): Promise<AdvisedDatabase> {
  const statements = await statementsByQuery();
  const connection = await adapter.connect();
  await connection.executeScript(await prismaTables(PROGRAM['prisma/schema.prisma'], adapter));
  const run = async (sql: string) => void (await connection.executeRaw({ sql, args: [], argTypes: [] }));
  for (const sql of FILL) await run(sql);
  return {
    run,
    indexes: () => indexesIn(connection),
    ask: async (id, before) => {
      const asked = statements.get(id);
      if (!asked) throw new Error(`${id} is not a query of the program`);
      const all: Explained[] = [];
      for (const { sql, parameters } of asked) all.push(await explained(connection, sql, parameters, before));
      return all;
    },
    close: () => connection.dispose(),
  };
}

interface Asked {
  readonly sql: string;
  readonly parameters: string;
}

/** By the id of the query; without those that only create. */
async function statementsByQuery(): Promise<ReadonlyMap<string, readonly Asked[]>> {
  const { graph } = await analyse(PROGRAM, []);
  const compiler = createSqlCompiler(memoryWorkspace(PROGRAM));
  const found = new Map<string, readonly Asked[]>();
  for (const site of graph.sites) {
    const parameters = PARAMETERS[site.function.fact.symbol];
    if (!parameters) continue;
    const sent = await compiler.sqlOf(graph, site);
    const [usual] = 'variants' in sent ? sent.variants : [];
    if (usual?.statements.length !== parameters.length)
      throw new Error(`${site.function.fact.symbol}: other statements`);
    found.set(
      site.id,
      usual.statements.map(({ sql }, at) => ({ sql, parameters: parameters[at] ?? '' })),
    );
  }
  return found;
}

/** Every index of a database as the server writes it, by name. */
export async function indexesIn(connection: SqlDriverAdapter): Promise<readonly unknown[]> {
  const sql = "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";
  return (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
}
