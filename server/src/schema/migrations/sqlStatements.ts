import { type Dialect, type SqlToken, sqlTokens } from '../sqlTokens.ts';

/** One statement of a script: never empty, without its semicolon. */
export type SqlStatement = readonly SqlToken[];

/** Cuts a script into statements at semicolons, at `GO` lines of SQL Server, and inside the bodies of `DO` blocks. */
export function* sqlStatements(text: string, dialect: Dialect): Generator<SqlStatement> {
  let statement: SqlToken[] = [];
  for (const token of sqlTokens(text, dialect)) {
    if (isSymbol(token, ';') || (dialect === 'sqlserver' && isWord(token, 'GO'))) {
      if (statement.length > 0) yield* unwrapped(statement, dialect);
      statement = [];
    } else statement.push(token);
  }
  if (statement.length > 0) yield* unwrapped(statement, dialect);
}

/** Whether the token is that keyword; a quoted name never is. */
export function isWord(token: SqlToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.value.toUpperCase());
}

export function isSymbol(token: SqlToken | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.value === symbol;
}

/** What is left behind leading keywords that may stand there, in any order. */
export function afterWords(tokens: readonly SqlToken[], ...words: readonly string[]): readonly SqlToken[] {
  const at = tokens.findIndex((token) => !isWord(token, ...words));
  return at === -1 ? [] : tokens.slice(at);
}

/** The tokens between the parenthesis at `open` and its partner, and where the list goes on after it. */
export function parenthesized(tokens: readonly SqlToken[], open: number): { inner: readonly SqlToken[]; next: number } {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (isSymbol(tokens[at], '(')) depth += 1;
    else if (isSymbol(tokens[at], ')') && --depth === 0) return { inner: tokens.slice(open + 1, at), next: at + 1 };
  }
  return { inner: tokens.slice(open + 1), next: tokens.length };
}

/** Cuts at the commas outside of parentheses. */
export function splitAtCommas(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSymbol(token, '(')) depth += 1;
    else if (isSymbol(token, ')')) depth -= 1;
    if (depth === 0 && isSymbol(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Takes what control flow stands before a statement off: `BEGIN TRY BEGIN TRAN`, `IF … THEN`. */
function* unwrapped(statement: readonly SqlToken[], dialect: Dialect): Generator<SqlStatement> {
  const [first] = statement;
  if (isWord(first, 'DO')) {
    const body = statement.find((token) => token.kind === 'body');
    if (body !== undefined) yield* shifted(sqlStatements(body.value, dialect), body.start);
    return;
  }
  if (!isWord(first, 'BEGIN', 'IF', 'ELSE', 'DECLARE')) return yield statement;
  const start = statement.findLastIndex((token) =>
    isWord(token, 'BEGIN', 'THEN', 'ELSE', 'TRY', 'TRAN', 'TRANSACTION'),
  );
  if (start !== -1 && start + 1 < statement.length) yield statement.slice(start + 1);
}

function* shifted(statements: Iterable<SqlStatement>, by: number): Generator<SqlStatement> {
  for (const statement of statements) {
    yield statement.map((token) => ({ ...token, start: token.start + by, end: token.end + by }));
  }
}
