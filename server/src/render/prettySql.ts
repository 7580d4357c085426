import type { DialectOptions } from 'sql-formatter';
import type { SqlDialect } from '#shared/sqlView.ts';

/** Lays a statement out over lines; the formatter loads with the first one. What it cannot read stays as it is. */
export async function prettySql(sql: string, dialect: SqlDialect): Promise<string> {
  const { formatDialect, ...dialects } = await import('./sqlFormatter.ts');
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

/** What fits on one line goes there, inner parts first: `FROM "Order"`, `WHERE ("a" = $1 AND "b" = $2)`, `LIMIT $1 OFFSET $2`. */
function closedUp(text: string): string {
  const lines = text.split('\n');
  for (let at = lines.length - 1; at >= 0; at--) {
    const whole = onOneLine(lines, at);
    if (whole) lines.splice(at, whole.lines, whole.text);
  }
  return lines.join('\n').replace(/^( *LIMIT \S+)\n *(?=OFFSET \S+$)/gm, '$1 ');
}

const CLAUSE = /^ *[A-Z]+(?: [A-Z]+)*$/;
/** Runs to the end of its line. */
const COMMENT = /--|#/;

/** The line with all that belongs to it; null where that is more than fits. */
function onOneLine(lines: readonly string[], at: number): { readonly text: string; readonly lines: number } | null {
  const line = lines[at] ?? '';
  const opens = line.endsWith('(');
  const parts = opens || CLAUSE.test(line) ? partsBelow(lines, at) : [];
  if (parts.length === 0 || [line, ...parts].some((part) => COMMENT.test(part))) return null;
  const inner = parts.map((part) => part.trim()).join(' ');
  const text = opens ? `${line}${inner}${(lines[at + parts.length + 1] ?? '').trim()}` : `${line} ${inner}`;
  return text.length <= MAX_WIDTH ? { text, lines: parts.length + (opens ? 2 : 1) } : null;
}

/** The lines one step below another; none where one of them goes deeper. */
function partsBelow(lines: readonly string[], at: number): readonly string[] {
  const depth = indentOf(lines[at] ?? '');
  const next = lines.findIndex((line, index) => index > at && indentOf(line) <= depth);
  const below = lines.slice(at + 1, next < 0 ? lines.length : next);
  return below.every((line) => indentOf(line) === depth + 2) ? below : [];
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
