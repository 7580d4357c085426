/** A statement with less to read, for a hover: without the name of the only database schema, and columns that say little counted. */
export function shortSql(sql: string): string {
  return fewerColumns(sql.replace(SCHEMA, ''));
}

/** The first lines of a text, the others counted; a rest that takes no more room than its number stays. */
export function firstLines(text: string, most: number): string {
  const lines = text.split('\n');
  if (lines.length <= most + 1) return text;
  return [...lines.slice(0, most), `-- and ${lines.length - most} more lines`].join('\n');
}

/** The schema Prisma writes where a model names none: `"public"."Order"`. */
const SCHEMA = /(?:"public"|`main`|\[dbo\])\.(?=["`[])/g;

const MAX_COLUMNS = 4;
/** A name with its table's before it. */
const COLUMN = /["`[]\w+["`\]]\.["`[]\w+["`\]]/.source;
const LIST = new RegExp(`(?<=\\b(?:SELECT|RETURNING) )${COLUMN}(?:, ?${COLUMN}){${MAX_COLUMNS},}`, 'g');

function fewerColumns(sql: string): string {
  return sql.replace(LIST, (list) => {
    const columns = list.split(/, ?/);
    return `${columns.slice(0, MAX_COLUMNS).join(', ')} /* and ${columns.length - MAX_COLUMNS} more */`;
  });
}
