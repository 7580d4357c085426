import { loadModule, parseSync } from 'libpg-query';

/** Columns of one table, by the name a statement gives it. */
export interface ParsedColumns {
  readonly compared: ReadonlySet<string>;
  readonly sorted: ReadonlySet<string>;
}

await loadModule();

/** What PostgreSQL's own parser says a statement compares (`WHERE`, `ON`, `HAVING`) and sorts by. */
export function parsedColumns(sql: string): ReadonlyMap<string, ParsedColumns> {
  const found = new Map<string, { compared: Set<string>; sorted: Set<string> }>();
  walk(parseSync(sql), null);
  return found;

  function walk(node: unknown, use: 'compared' | 'sorted' | null): void {
    if (Array.isArray(node)) for (const each of node) walk(each, use);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'ColumnRef' && use) take(value, use);
      else if (key === 'NullTest' && Object(value).nulltesttype === 'IS_NOT_NULL') continue;
      else walk(value, USES[key] === undefined ? use : USES[key]);
    }
  }

  function take(reference: unknown, use: 'compared' | 'sorted'): void {
    const names: readonly string[] = Object(reference).fields.map((field: object) => Object(field).String?.sval ?? '*');
    const [table, column] = names.slice(-2);
    if (table === undefined || column === undefined) return;
    const columns = found.get(table) ?? { compared: new Set(), sorted: new Set() };
    columns[use].add(column);
    found.set(table, columns);
  }
}

/** A query inside begins anew. */
const USES: Readonly<Record<string, 'compared' | 'sorted' | null>> = {
  whereClause: 'compared',
  quals: 'compared',
  havingClause: 'compared',
  sortClause: 'sorted',
  targetList: null,
  fromClause: null,
  groupClause: null,
};
