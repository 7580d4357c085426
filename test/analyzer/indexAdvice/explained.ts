import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';

/** What one statement was seen to do. */
export interface Explained {
  /** Indexes that were used, those by which foreign keys were checked too. */
  readonly indexes: ReadonlySet<string>;
  /** Tables of which rows were read that nobody asked for: from end to end, or along an index that finds none of them. */
  readonly scanned: ReadonlySet<string>;
  /** Time in milliseconds it took, the checks of foreign keys included. */
  readonly ms: number;
  /** `Limit > Index Scan Order_shopId_idx`. */
  readonly outline: string;
}

/** Runs a statement with its parameters and takes back what it did; `before` runs in the same transaction. */
export async function explained(
  connection: SqlDriverAdapter,
  sql: string,
  parameters: string,
  before: readonly string[] = [],
): Promise<Explained> {
  const run = (text: string) => connection.executeRaw({ sql: text, args: [], argTypes: [] });
  await run('BEGIN');
  try {
    for (const text of before) await run(text);
    await run(`PREPARE asked AS ${sql}`);
    const [indexes, tables] = [await scansOf(connection, INDEX_SCANS), await scansOf(connection, TABLE_SCANS)];
    const [row] = await rowsOf(connection, `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked(${parameters})`);
    const [answer]: readonly Answer[] = JSON.parse(String(row?.[0]));
    if (!answer) throw new Error('no plan');
    const nodes = [...within(answer.Plan)];
    const walked = nodes.flatMap((node) => (isWalk(node) ? (node['Relation Name'] ?? []) : []));
    return {
      indexes: grown(indexes, await scansOf(connection, INDEX_SCANS)),
      scanned: new Set([...grown(tables, await scansOf(connection, TABLE_SCANS)), ...walked]),
      ms: answer['Execution Time'],
      outline: nodes.map(nodeText).join(' > '),
    };
  } finally {
    await run('ROLLBACK');
    await run('DEALLOCATE ALL');
  }
}

interface Answer {
  readonly Plan: PlanNode;
  readonly 'Execution Time': number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly PlanNode[];
}

function* within(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* within(child);
}

function isWalk(node: PlanNode): boolean {
  return node['Node Type'] === 'Index Scan' && node['Index Cond'] === undefined && node.Filter !== undefined;
}

function nodeText(node: PlanNode): string {
  return [node['Node Type'], node['Index Name'] ?? node['Relation Name']].filter(Boolean).join(' ');
}

/** How often the connection used each index or read each table, for foreign keys too, since it last told the server. */
type Scans = ReadonlyMap<string, number>;

const INDEX_SCANS = 'SELECT indexrelname::text, pg_stat_get_xact_numscans(indexrelid)::int FROM pg_stat_user_indexes';
const TABLE_SCANS = 'SELECT relname::text, pg_stat_get_xact_numscans(relid)::int FROM pg_stat_user_tables';

async function scansOf(connection: SqlDriverAdapter, sql: string): Promise<Scans> {
  return new Map((await rowsOf(connection, sql)).map(([name, count]) => [String(name), Number(count)]));
}

function grown(before: Scans, after: Scans): ReadonlySet<string> {
  return new Set([...after.keys()].filter((name) => after.get(name) !== before.get(name)));
}

async function rowsOf(connection: SqlDriverAdapter, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
}
