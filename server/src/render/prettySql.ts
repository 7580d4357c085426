import type { DialectOptions } from 'sql-formatter';
import type { SqlDialect } from '#shared/sqlView.ts';

/** Lays a statement out over lines; the formatter loads with the first one. What it cannot read stays as it is. */
export async function prettySql(sql: string, dialect: SqlDialect): Promise<string> {
  const { formatDialect, ...dialects } = await import('sql-formatter');
  const known: Readonly<Record<SqlDialect, DialectOptions>> = {
    postgresql: dialects.postgresql,
    cockroachdb: dialects.postgresql,
    mysql: dialects.mysql,
    sqlite: dialects.sqlite,
    sqlserver: dialects.transactsql,
  };
  try {
    return closedUp(formatDialect(sql, { dialect: known[dialect], tabWidth: 2, expressionWidth: 60 }));
  } catch {
    return sql;
  }
}

/** The longest line that is made of several. */
const MAX_WIDTH = 76;

/** A clause whose parts fit on its line goes there: `FROM "Order"`, `LIMIT $1 OFFSET $2`. */
function closedUp(text: string): string {
  const lines = text.split('\n');
  const result: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const parts = CLAUSE.test(line) ? partsBelow(lines, at) : [];
    const whole = `${line} ${parts.map((part) => part.trim()).join(' ')}`;
    const fits = parts.length > 0 && whole.length <= MAX_WIDTH;
    result.push(fits ? whole : line);
    at += fits ? parts.length + 1 : 1;
  }
  return result.join('\n').replace(/^( *LIMIT \S+)\n *(?=OFFSET \S+$)/gm, '$1 ');
}

const CLAUSE = /^ *[A-Z]+(?: [A-Z]+)*$/;

/** The lines one step below a clause; none where one of them goes deeper. */
function partsBelow(lines: readonly string[], at: number): readonly string[] {
  const depth = indentOf(lines[at] ?? '');
  const next = lines.findIndex((line, index) => index > at && indentOf(line) <= depth);
  const below = lines.slice(at + 1, next < 0 ? lines.length : next);
  return below.every((line) => indentOf(line) === depth + 2) ? below : [];
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
