import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { createAnalyzer } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { type SiteIndex, siteIndex } from '#bridge/attribute/siteIndex.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { prismaTables } from '#test/sql/support/prismaTables.ts';
import { diskWorkspace } from '#workspace/diskWorkspace.ts';
import { type LoggingPostgres, startPostgres } from './servers/postgresWithLogs.ts';
import { copyShop } from './shopCopy.ts';
import { openShop, runInShop } from './shopProcess.ts';
import { readTruth, type Truth } from './truth.ts';

export interface ShopRun {
  readonly database: 'postgresql';
  /** Whether the shop runs with the probe, as its README says. */
  readonly probe: boolean;
  /** Requests at once. */
  readonly concurrency: number;
  /** Times each route is asked for, see `requests.ts`: some 60 requests a round. */
  readonly rounds: number;
}

/** What came of a run: everything the application and its database wrote about the same executions. */
export interface RanShop {
  /** The copied project, until {@link remove}. */
  readonly root: string;
  readonly requests: number;
  /** Paths by format, as `--format` names it. */
  readonly logs: Readonly<Record<string, string>>;
  readonly truth: readonly Truth[];
  readonly graph: ProjectGraph;
  readonly index: SiteIndex;
  remove(): void;
}

/** Runs the example shop on another database, asks it for everything it has, and gives what was logged together with what was true. */
export async function runShop(run: ShopRun): Promise<RanShop> {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-proof-'));
  const root = join(folder, 'shop');
  const logs = join(folder, 'logs');
  mkdirSync(root);
  mkdirSync(logs);
  copyShop(root, run.database);
  const server = await startPostgres(logs);
  try {
    await fill(root, server);
    await server.startLogging();
    const truth = join(folder, 'truth.ndjson');
    const shop = await openShop(root, 'src/main.ts', environment(server.address, run.probe, truth));
    const requests = await shop.drive(run.rounds, run.concurrency).finally(shop.close);
    const statements = join(logs, 'statements.json');
    writeFileSync(statements, JSON.stringify(await server.query('SELECT * FROM pg_stat_statements')));
    await server.close();
    return {
      ...{ root, requests, truth: readTruth(truth), ...(await indexed(root)) },
      logs: { ...server.logs, 'pg-stat-statements': statements },
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  } catch (error) {
    await server.close().catch(() => undefined);
    throw error;
  }
}

function environment(address: string, probe: boolean, truth: string): Readonly<Record<string, string>> {
  return { SHOP_DATABASE: address, QUERYLENS: probe ? '1' : '0', PROOF_TRUTH: truth };
}

/** The engine can be asked once in a process. */
let tables: Promise<string> | null = null;

/** The tables as Prisma makes them, with the shop's own rows; given ids do not move what counts them. */
async function fill(root: string, server: LoggingPostgres): Promise<void> {
  const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');
  tables ??= prismaTables(schema, new PrismaPg({ connectionString: server.address }));
  await server.query(await tables);
  await runInShop(root, ['prisma/seed.ts'], { SHOP_DATABASE: server.address, QUERYLENS: '0' });
  for (const table of ['User', 'Category', 'Product', 'Order', 'OrderItem', 'Review'])
    await server.query(`SELECT setval(pg_get_serial_sequence('"${table}"', 'id'), (SELECT max(id) FROM "${table}"))`);
  await server.query('ANALYZE');
}

async function indexed(root: string): Promise<Pick<RanShop, 'graph' | 'index'>> {
  const workspace = diskWorkspace(root);
  const { graph } = await createAnalyzer({ workspace, settings: defaultSettings([]), rules: [] }).snapshot();
  const compiler = await createSqlCompiler(workspace).open(graph.schemas, graph);
  return { graph, index: siteIndex(graph, (site) => compiler.sentBy(graph, site)) };
}
