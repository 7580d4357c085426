import { calleeRange, type QuerySite } from '#analyzer/siteAt.ts';
import type { SqlView, StatementView } from '#shared/sqlView.ts';

/** A public contract, described by docs/sql.schema.json. */
export function sqlJson(file: string, site: QuerySite, sql: SqlView, version: string): string {
  const output = {
    version: 1,
    tool: { name: 'querylens', version },
    query: { id: site.id, file, ...calleeRange(site), model: site.model?.name ?? null, operation: site.operation },
    sql: toOutput(sql),
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}

function toOutput(sql: SqlView) {
  if (!('variants' in sql)) return { kind: sql.kind, reason: sql.reason, keys: sql.keys };
  const { kind, dialect, variants, furtherWays, notFollowed, assumed, batched, notes } = sql;
  const ways = variants.map(({ differs, statements, rows }) => ({
    differs,
    statements: statements.map(toStatement),
    rows,
  }));
  const together = batched?.map(toStatement) ?? null;
  return { kind, dialect, variants: ways, furtherWays, notFollowed, assumed, batched: together, notes };
}

function toStatement({ kind, sql, child, conditional, transaction }: StatementView) {
  return { kind, sql, child, conditional, transaction };
}
