import { isName } from './planNode.ts';

/** From the rows of MariaDB's EXPLAIN, as its slow log has them with `log_slow_verbosity = explain`; null where it is none. */
export function explainRows(plan: string): string | null {
  const [head = '', ...rows] = plan.split('\n').map((line) => line.split('\t'));
  if (head[0] !== 'id' || head[1] !== 'select_type') return null;
  const at = (name: string) => head.indexOf(name);
  const columns = { table: at('table'), type: at('type'), key: at('key'), rows: at('r_rows'), extra: at('Extra') };
  const steps = rows.flatMap((row) => stepOf(row, columns) ?? []);
  return steps.length === 0 ? null : steps.slice(0, MOST_STEPS).join('\n');
}

const MOST_STEPS = 40;

interface Columns {
  readonly table: number;
  readonly type: number;
  readonly key: number;
  readonly rows: number;
  readonly extra: number;
}

/** How a table is read, in MariaDB's words. */
const TYPES: ReadonlySet<string> = new Set([
  ...['ALL', 'index', 'range', 'ref', 'eq_ref', 'const', 'system', 'fulltext', 'ref_or_null', 'index_merge'],
  ...['unique_subquery', 'index_subquery', 'hash_ALL', 'hash_index', 'hash_range', 'rowid_filter'],
]);

function stepOf(row: readonly string[], columns: Columns): string | null {
  const [table = '', type = '', key = '', rows = ''] = [
    ...[row[columns.table], row[columns.type], row[columns.key], row[columns.rows]],
  ];
  if (!isName(table) || table === 'NULL' || !TYPES.has(type)) return null;
  const extra = (row[columns.extra] ?? '').split('; ').filter((part) => /^Using [a-z ]{3,40}$/.test(part));
  return [
    `${type} on ${table}${key !== 'NULL' && isName(key) ? ` using ${key}` : ''}`,
    ...(/^\d+(?:\.\d+)?$/.test(rows) ? [`${Math.round(Number(rows)).toLocaleString('en-US')} rows`] : []),
    ...extra.map((part) => part.toLowerCase()),
  ].join(' · ');
}
