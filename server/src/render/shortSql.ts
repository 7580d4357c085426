/**
 * A statement with less to read, for a hover: names without the schema and table that are the same everywhere, conditions that hold for
 * every row gone, and long lists cut, with a comment that counts the rest.
 */
export function shortSql(sql: string): string {
  return withoutOnlyTable(sql.replace(SCHEMA, '').replace(ALWAYS, '')).replace(LIST, shorter);
}

/** The beginning of a statement and its end, where its own conditions and limits stand; a gap that takes no more room than its number stays. */
export function withoutMiddle(text: string, most: number): string {
  const lines = text.split('\n');
  const left = lines.length - most;
  if (left <= 1) return text;
  const end = Math.floor(most / 2);
  return [...lines.slice(0, most - end), `-- ${left} lines left out`, ...lines.slice(lines.length - end)].join('\n');
}

/** The schema Prisma writes where a model names none: `"public"."Order"`. */
const SCHEMA = /(?:"public"|`main`|\[dbo\])\.(?=["`[])/g;

/** Conditions that hold for every row beside others that do not. */
const ALWAYS = / AND 1=1\b|\b1=1 AND /g;

const NAME = /(?:"\w+"|`\w+`|\[\w+\])/.source;
const QUALIFIER = new RegExp(`(${NAME})\\.(?=${NAME})`, 'g');

/** Where all columns are of one table, its name says nothing. */
function withoutOnlyTable(sql: string): string {
  const tables = new Set(Array.from(sql.matchAll(QUALIFIER), ([, table]) => table));
  return tables.size === 1 ? sql.replace(QUALIFIER, '') : sql;
}

/** PostgreSQL reads values of enums as text. */
const COLUMN = `(?:${NAME}\\.)?${NAME}(?:::text)?`;
const PLACE = `(?:CAST\\()?(?:\\$\\d+|\\?|@P\\d+)(?:::text AS (?:${NAME}\\.)?${NAME}\\))?`;
/** Columns that are read or written, and places for their values. */
const LIST = new RegExp(
  `(?<=\\b(?:SELECT|RETURNING) |\\()(?:${COLUMN}(?:, ?${COLUMN}){3,}|${PLACE}(?:, ?${PLACE}){3,})(?= FROM|\\)|$)`,
  'g',
);

/** So many characters of a list tell what it is; in parentheses something stands before it on the same line. */
const MAX_LIST = { open: 52, inParentheses: 32 };

function shorter(list: string, at: number, sql: string): string {
  const items = list.split(/, ?/);
  const most = sql[at - 1] === '(' ? MAX_LIST.inParentheses : MAX_LIST.open;
  let shown = 3;
  while (shown < items.length && items.slice(0, shown + 1).join(', ').length <= most) shown++;
  const rest = items.length - shown;
  return rest <= 1 ? items.join(', ') : `${items.slice(0, shown).join(', ')} /* and ${rest} more */`;
}
