import type { Dialect } from '#schema/sqlTokens.ts';
import type { AccessPlan, TableAccess } from './accessPlan.ts';
import { statementColumns, type TableColumns } from './statementColumns.ts';

/** What a plan means for its statement, in one line; without a dialect for what Prisma has not written, whose columns are not known. */
export function verdictOn(sql: string, plan: AccessPlan, dialect: Dialect | null): string {
  const columns = dialect === null ? null : statementColumns(sql, dialect);
  const accesses = unique(
    plan.accesses.map((access) => accessText(access, columns === null ? null : (columns.get(access.alias) ?? UNUSED))),
  );
  const sorts = plan.sorts ? ['sorts what it found'] : [];
  return [...accesses, ...sorts].join('; ') || 'reads no table';
}

const UNUSED: TableColumns = { filtered: [], joined: [], sorted: [] };

function accessText({ table, by, index, columns }: TableAccess, used: TableColumns | null): string {
  if (by === 'key') return `finds ${table} by its primary key`;
  if (by === 'index') return `uses ${index}${columns.length > 0 ? ` to find ${table} by ${columns.join(', ')}` : ''}`;
  const along = index === null ? '' : ` along ${index}`;
  const whole = `reads the whole table ${table}${along}`;
  if (used === null) return whole;
  const { filtered, joined, sorted } = used;
  if (filtered.length > 0) return `${whole}: no index serves ${filtered.join(', ')}`;
  if (joined.length > 0) return `${whole}, to hold each row against the other tables`;
  return sorted.length > 0 && index === null
    ? `${whole} for its order by ${sorted.join(', ')}`
    : `${whole}: nothing narrows it`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
