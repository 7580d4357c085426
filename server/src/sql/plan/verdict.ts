import type { Dialect } from '#schema/sqlTokens.ts';
import type { AccessPlan, TableAccess } from './accessPlan.ts';
import { statementColumns, type TableColumns } from './statementColumns.ts';

/** What a plan means for its statement, in one line. */
export function verdictOn(sql: string, plan: AccessPlan, dialect: Dialect): string {
  const columns = statementColumns(sql, dialect);
  const accesses = unique(plan.accesses.map((access) => accessText(access, columns.get(access.alias))));
  const sorts = plan.sorts ? ['sorts what it found'] : [];
  return [...accesses, ...sorts].join('; ') || 'reads no table';
}

function accessText({ table, by, index, columns }: TableAccess, used: TableColumns | undefined): string {
  if (by === 'key') return `finds ${table} by its primary key`;
  if (by === 'index') return `uses ${index}${columns.length > 0 ? ` to find ${table} by ${columns.join(', ')}` : ''}`;
  const { filtered = [], joined = [], sorted = [] } = used ?? {};
  const along = index === null ? '' : ` along ${index}`;
  const whole = `reads the whole table ${table}${along}`;
  if (filtered.length > 0) return `${whole}: no index serves ${filtered.join(', ')}`;
  if (joined.length > 0) return `${whole}, to hold each row against the other tables`;
  return sorted.length > 0 && index === null
    ? `${whole} for its order by ${sorted.join(', ')}`
    : `${whole}: nothing narrows it`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
