import { type Dialect, type SqlToken, sqlTokens } from '#schema/sqlTokens.ts';

/** Columns of one table by what a statement does with them. */
export interface TableColumns {
  /** Compared with values, in `WHERE`, `ON` or `HAVING`. */
  readonly filtered: readonly string[];
  /** Compared with other columns there, or with the rows of a query inside. */
  readonly joined: readonly string[];
  readonly sorted: readonly string[];
}

type Clause = 'filter' | 'sort' | 'other';

const CLAUSES: Readonly<Record<string, Clause>> = {
  SELECT: 'other',
  FROM: 'other',
  JOIN: 'other',
  SET: 'other',
  VALUES: 'other',
  RETURNING: 'other',
  GROUP: 'other',
  LIMIT: 'other',
  OFFSET: 'other',
  ON: 'filter',
  WHERE: 'filter',
  HAVING: 'filter',
  ORDER: 'sort',
};

/**
 * Which columns of which table, by the name the statement gives it, a statement of Prisma's filters and sorts by: it quotes every name and
 * puts its table before each column. That a column is not null filters nothing worth speaking of.
 */
export function statementColumns(sql: string, dialect: Dialect): ReadonlyMap<string, TableColumns> {
  const found = new Map<string, Record<keyof TableColumns, Set<string>>>();
  for (const { table, name, use } of columnUses(sqlTokens(sql, dialect))) {
    const columns = found.get(table) ?? { filtered: new Set(), joined: new Set(), sorted: new Set() };
    columns[use].add(name);
    found.set(table, columns);
  }
  return new Map(
    [...found].map(([table, { filtered, joined, sorted }]) => [
      table,
      { filtered: [...filtered], joined: [...joined], sorted: [...sorted] },
    ]),
  );
}

interface Column {
  readonly table: string;
  readonly name: string;
}

function* columnUses(tokens: readonly SqlToken[]): Generator<Column & { readonly use: keyof TableColumns }> {
  const outer: Clause[] = [];
  let clause: Clause = 'other';
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'word') clause = CLAUSES[token.value.toUpperCase()] ?? clause;
    else if (isSymbol(token, '(')) outer.push(clause);
    else if (isSymbol(token, ')')) clause = outer.pop() ?? 'other';
    const column = clause === 'other' ? null : columnAt(tokens, at);
    if (column && !isNotNull(tokens, at))
      yield { ...column, use: clause === 'sort' ? 'sorted' : isJoined(tokens, at) ? 'joined' : 'filtered' };
  }
}

function isNotNull(tokens: readonly SqlToken[], at: number): boolean {
  return isWord(tokens[at + 1], 'IS') && isWord(tokens[at + 2], 'NOT') && isWord(tokens[at + 3], 'NULL');
}

const COMPARISON = /^(?:=|<>|!=|<|>|<=|>=)$/;

function isJoined(tokens: readonly SqlToken[], at: number): boolean {
  const { start, end } = withParentheses(tokens, startOfColumn(tokens, at), at);
  const [next, operand] = [tokens[end + 1], tokens[end + 2]];
  if (isComparison(next) && (isColumnFrom(tokens, end + 2) || isQuery(tokens, end + 2))) return true;
  if (isWord(next, 'IN') || (isWord(next, 'NOT') && isWord(operand, 'IN'))) {
    return isQuery(tokens, isWord(next, 'IN') ? end + 2 : end + 3);
  }
  return isComparison(tokens[start - 1]) && isColumnUntil(tokens, start - 2);
}

function isColumnFrom(tokens: readonly SqlToken[], at: number): boolean {
  return isSymbol(tokens[at], '(') ? isColumnFrom(tokens, at + 1) : tokens[at]?.kind === 'name';
}

function isColumnUntil(tokens: readonly SqlToken[], at: number): boolean {
  return isSymbol(tokens[at], ')') ? isColumnUntil(tokens, at - 1) : tokens[at]?.kind === 'name';
}

/** `("table"."column")` is the column. */
function withParentheses(tokens: readonly SqlToken[], start: number, end: number): { start: number; end: number } {
  const around = isSymbol(tokens[start - 1], '(') && isSymbol(tokens[end + 1], ')');
  return around ? withParentheses(tokens, start - 1, end + 1) : { start, end };
}

function isQuery(tokens: readonly SqlToken[], at: number): boolean {
  return isSymbol(tokens[at], '(') && isWord(tokens[at + 1], 'SELECT');
}

function isComparison(token: SqlToken | undefined): boolean {
  return token?.kind === 'symbol' && COMPARISON.test(token.value);
}

function startOfColumn(tokens: readonly SqlToken[], at: number): number {
  let start = at;
  while (isSymbol(tokens[start - 1], '.') && tokens[start - 2]?.kind === 'name') start -= 2;
  return start;
}

/** `"table"."column"` that ends at the token, not the middle of `"schema"."table"."column"` and not the type of a cast. */
function columnAt(tokens: readonly SqlToken[], at: number): Column | null {
  const [table, dot, column, after] = [tokens[at - 2], tokens[at - 1], tokens[at], tokens[at + 1]];
  if (table?.kind !== 'name' || column?.kind !== 'name' || !isSymbol(dot, '.') || isSymbol(after, '.')) return null;
  const before = tokens[startOfColumn(tokens, at) - 1];
  if (isWord(before, 'AS') || isSymbol(before, '::')) return null;
  return { table: table.value, name: column.value };
}

function isSymbol(token: SqlToken | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.value === symbol;
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value.toUpperCase() === word;
}
