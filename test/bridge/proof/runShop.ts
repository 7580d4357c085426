import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createAnalyzer } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { type SiteIndex, siteIndex } from '#bridge/attribute/siteIndex.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { prismaTables } from '#test/sql/support/prismaTables.ts';
import { diskWorkspace } from '#workspace/diskWorkspace.ts';
import type { Load } from './requests.ts';
import type { LoggingServer } from './servers/loggingServer.ts';
import { startPostgres } from './servers/postgresWithLogs.ts';
import { copyShop } from './shopCopy.ts';
import { seedShop, visitShop } from './shopProcess.ts';
import { readTruth, type Truth } from './truth.ts';

/** What came of a run: everything the application and its database wrote about the same executions. */
export interface RanShop {
  /** The copied project. */
  readonly root: string;
  /** Paths by format, as `--format` names it. */
  readonly logs: Readonly<Record<string, string>>;
  /** What the probe wrote. */
  readonly samples: readonly string[];
  readonly truth: readonly Truth[];
  readonly graph: ProjectGraph;
  readonly index: SiteIndex;
}

/** The example shop on another database, with its tables and rows. */
export interface FilledShop {
  /** Opens the shop with the probe on or off, asks it for everything, and ends it. */
  run(probe: boolean, load: readonly Load[]): Promise<RanShop>;
  close(): Promise<void>;
}

/** The shop on a server of its own, which ends with it. */
export async function fillShop(start: () => Promise<LoggingServer> = startPostgres): Promise<FilledShop> {
  const server = await start();
  const folder = mkdtempSync(join(tmpdir(), 'querylens-proof-'));
  const root = join(folder, 'shop');
  mkdirSync(root);
  const close = async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    copyShop(root, server.provider);
    await fill(root, server);
    const project = await indexed(root);
    let runs = 0;
    return {
      run: async (probe, load) => {
        runs += 1;
        const place = join(folder, `run${runs}`);
        mkdirSync(place);
        const truth = join(place, 'truth.ndjson');
        await server.beginLogs(`run${runs}`);
        const environment = { SHOP_DATABASE: server.address, QUERYLENS: probe ? '1' : '0', PROOF_TRUTH: truth };
        await visitShop(root, load, environment);
        const samples = globSync('.querylens/probe-*.ndjson', { cwd: root }).map((file) => join(root, file));
        const events = join(place, 'events.ndjson');
        writeFileSync(events, readTruth(truth).flatMap(eventLine).join(''));
        const logs = { ...kept(await server.endLogs(), place), 'prisma-events': events };
        return { root, truth: readTruth(truth), samples, logs, ...project };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As an application writes query events down. */
function eventLine(truth: Truth): readonly string[] {
  if (truth.kind !== 'event') return [];
  const { at, sql, params, ms } = truth;
  return [`${JSON.stringify({ timestamp: new Date(at), query: sql, params, duration: ms, target: 'ClientEngine' })}\n`];
}

/** Copies, because a server goes on writing into its own. */
function kept(logs: Readonly<Record<string, string>>, place: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(logs).map(([format, file]) => {
      const copy = join(place, basename(file));
      cpSync(file, copy);
      return [format, copy];
    }),
  );
}

/** The tables with the shop's own rows. */
async function fill(root: string, server: LoggingServer): Promise<void> {
  for (const statement of await tablesFor(root, server)) await server.query(statement);
  await seedShop(root, { SHOP_DATABASE: server.address, QUERYLENS: '0' });
  if (server.provider !== 'postgresql') return;
  // Given ids do not move what counts them.
  for (const table of ['User', 'Category', 'Product', 'Order', 'OrderItem', 'Review'])
    await server.query(`SELECT setval(pg_get_serial_sequence('"${table}"', 'id'), (SELECT max(id) FROM "${table}"))`);
  await server.query('ANALYZE');
}

/** As Prisma makes them; what it cannot make without a download is the shop's own migration in the words of MySQL. */
async function tablesFor(root: string, { provider, adapter }: LoggingServer): Promise<readonly string[]> {
  const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');
  if (provider === 'postgresql') return [await prismaTables(schema, adapter)];
  const [migration = ''] = globSync('prisma/migrations/*/migration.sql', { cwd: root });
  return MYSQL_WORDS.reduce((sql, [from, to]) => sql.replaceAll(from, to), readFileSync(join(root, migration), 'utf8'))
    .split(/;\s*\n/)
    .map((statement) => statement.replace(/^--.*$/gm, '').trim())
    .filter((statement) => statement !== '');
}

const MYSQL_WORDS: readonly (readonly [string | RegExp, string])[] = [
  ['AUTOINCREMENT', 'AUTO_INCREMENT'],
  ['"description" TEXT', '"description" LONGTEXT'],
  [" TEXT NOT NULL DEFAULT 'OPEN'", " ENUM('OPEN', 'PACKED', 'SHIPPED', 'CANCELLED') NOT NULL DEFAULT 'OPEN'"],
  [' TEXT', ' VARCHAR(191)'],
  ['JSONB', 'JSON'],
  ['DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP', 'DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)'],
  ['"', '`'],
];

async function indexed(root: string): Promise<Pick<RanShop, 'graph' | 'index'>> {
  const workspace = diskWorkspace(root);
  const { graph } = await createAnalyzer({ workspace, settings: defaultSettings([]), rules: [] }).snapshot();
  const compiler = await createSqlCompiler(workspace).open(graph.schemas, graph);
  return { graph, index: siteIndex(graph, (site) => compiler.sentBy(graph, site)) };
}
