import type { AccessPlan, TableAccess } from './accessPlan.ts';

/** A node of PostgreSQL's `EXPLAIN (FORMAT JSON)`; only the parts we read. */
export interface PostgresPlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Alias?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PostgresPlanNode[];
}

/** Columns of an index in order, and whether it is the primary key. */
export interface PostgresIndex {
  readonly columns: readonly string[];
  readonly primary: boolean;
}

/** Reads the plan PostgreSQL makes when it reads whole tables only where nothing else will do. */
export function readPostgresPlan(
  root: PostgresPlanNode,
  indexes: ReadonlyMap<string, PostgresIndex>,
  lines: readonly string[],
): AccessPlan {
  const nodes = [...descendants(root)];
  return {
    accesses: nodes.flatMap((node) => accessesOf(node, indexes)),
    sorts: nodes.some((node) => node['Node Type'] === 'Sort' || node['Node Type'] === 'Incremental Sort'),
    lines,
  };
}

function* descendants(node: PostgresPlanNode): Generator<PostgresPlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* descendants(child);
}

/** A bitmap's table stands in one node and its indexes in those below. */
function accessesOf(node: PostgresPlanNode, indexes: ReadonlyMap<string, PostgresIndex>): readonly TableAccess[] {
  const { 'Relation Name': table, Alias: alias = table } = node;
  if (table === undefined || alias === undefined) return [];
  switch (node['Node Type']) {
    case 'Seq Scan':
      return [{ table, alias, by: 'whole', index: null, columns: [] }];
    case 'Index Scan':
    case 'Index Only Scan':
      return [accessBy(node, { table, alias }, indexes)];
    case 'Bitmap Heap Scan':
      return [...descendants(node)]
        .filter((each) => each['Node Type'] === 'Bitmap Index Scan')
        .map((each) => accessBy(each, { table, alias }, indexes));
    default:
      return [];
  }
}

/**
 * An index entered by another than its first column is read as a whole, though PostgreSQL may call it a scan by that index; which index it
 * walks along only shows that it was told not to read tables from end to end.
 */
function accessBy(
  node: PostgresPlanNode,
  names: Pick<TableAccess, 'table' | 'alias'>,
  indexes: ReadonlyMap<string, PostgresIndex>,
): TableAccess {
  const { 'Index Name': name = '', 'Index Cond': condition = '' } = node;
  const { columns, primary } = indexes.get(name) ?? { columns: [], primary: false };
  const named = new Set(
    [...condition.matchAll(/"((?:[^"]|"")+)"|([a-z_][\w$]*)/g)].map(([, quoted, bare]) => quoted ?? bare),
  );
  const entered = columns.filter((column) => named.has(column));
  const leads = condition !== '' && (columns[0] === undefined || columns[0] === entered[0]);
  if (!leads) return { ...names, by: 'whole', index: null, columns: [] };
  return { ...names, by: primary ? 'key' : 'index', index: primary ? null : name, columns: entered };
}
