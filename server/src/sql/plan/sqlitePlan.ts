import type { AccessPlan, TableAccess } from './accessPlan.ts';
import { tableAliases } from './tableNames.ts';

/** A row of SQLite's `EXPLAIN QUERY PLAN`. */
export interface SqlitePlanRow {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

/** Reads what SQLite says of a statement over tables of these names; what it makes up on the way is no table. */
export function readSqlitePlan(sql: string, rows: readonly SqlitePlanRow[], tables: ReadonlySet<string>): AccessPlan {
  const aliases = tableAliases(sql, 'sqlite');
  return {
    accesses: rows.flatMap(({ detail }) => accessOf(detail, aliases)).filter(({ table }) => tables.has(table)),
    sorts: rows.some(({ detail }) => detail.startsWith('USE TEMP B-TREE FOR') && detail.includes('ORDER BY')),
    lines: indented(rows),
  };
}

const STEP = /^(SCAN|SEARCH) (?:main\.)?(\S+)(?: EXISTS)?(?: USING (.*))?/;

/** An index that is made for the moment means a full read. */
function accessOf(detail: string, aliases: ReadonlyMap<string, string>): readonly TableAccess[] {
  const [, step, alias, using = ''] = STEP.exec(detail) ?? [];
  if (step === undefined || alias === undefined) return [];
  const table = aliases.get(alias) ?? alias;
  const index = /INDEX (\S+)/.exec(using)?.[1] ?? null;
  if (using.startsWith('AUTOMATIC')) return [{ table, alias, by: 'whole', index: null, columns: [] }];
  const isKey = using.startsWith('INTEGER PRIMARY KEY') || (index?.startsWith('sqlite_autoindex_') ?? false);
  const named = isKey ? null : index;
  if (step === 'SCAN') return [{ table, alias, by: 'whole', index: named, columns: [] }];
  const terms = /\(([^()]*)\)/.exec(using)?.[1] ?? '';
  const columns = [...terms.matchAll(/(\w+)\s*[=<>]/g)].flatMap(([, column]) => column ?? []);
  return [{ table, alias, by: isKey ? 'key' : 'index', index: named, columns }];
}

function indented(rows: readonly SqlitePlanRow[]): readonly string[] {
  const depths = new Map<number, number>();
  return rows.map(({ id, parent, detail }) => {
    const depth = parent === 0 ? 0 : (depths.get(parent) ?? 0) + 1;
    depths.set(id, depth);
    return `${'  '.repeat(depth)}${detail}`;
  });
}
