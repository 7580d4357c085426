import type { Index, IndexField } from '../schemaModel.ts';
import type { Dialect, SqlToken } from '../sqlTokens.ts';
import { isSymbol, isWord, parenthesized, splitAtCommas } from './sqlStatements.ts';

/** An index as SQL declares it: `fields` name columns, not fields of a model. */
export type TableIndex = Pick<Index, 'kind' | 'name' | 'fields' | 'method' | 'where'>;

/** What every reader of statements needs to know. */
export interface Script {
  readonly text: string;
  readonly dialect: Dialect;
}

/** An identifier as the database keeps it: PostgreSQL lowers bare ones, the others do not care about case. */
export function identifier(token: SqlToken, dialect: Dialect): string {
  const keepsCase = dialect === 'postgresql' && token.kind !== 'word';
  return keepsCase ? token.value : token.value.toLowerCase();
}

/** Reads `[schema .] name` from `at` on; null when no name stands there. */
export function readName(
  tokens: readonly SqlToken[],
  at: number,
  dialect: Dialect,
): { parts: readonly string[]; next: number } | null {
  const parts: string[] = [];
  let next = at;
  for (;;) {
    const token = tokens[next];
    if (token === undefined || !(token.kind === 'word' || token.kind === 'name')) return null;
    parts.push(identifier(token, dialect));
    next += 1;
    if (!isSymbol(tokens[next], '.')) return { parts, next };
    next += 1;
  }
}

/**
 * Reads what follows the word INDEX, KEY, UNIQUE or PRIMARY KEY: `[name] [USING m] (columns) [INCLUDE …] [WHERE …]`.
 * Null when no column list is found.
 */
export function readIndex(
  tokens: readonly SqlToken[],
  kind: Index['kind'],
  name: string | null,
  script: Script,
  defaultMethod = 'btree',
): TableIndex | null {
  const open = tokens.findIndex((token) => isSymbol(token, '('));
  if (open === -1) return null;
  const { inner, next } = parenthesized(tokens, open);
  const using = tokens.findIndex((token) => isWord(token, 'USING'));
  const method = using === -1 ? undefined : tokens[using + 1]?.value.toLowerCase();
  return {
    kind,
    name,
    fields: splitAtCommas(inner).map((part) => readColumn(part, script)),
    method: method === 'inverted' ? 'gin' : (method ?? defaultMethod),
    where: readWhere(tokens.slice(next), script),
  };
}

/** One entry of an index's column list; whatever is not a plain column keeps its text as an expression. */
function readColumn(tokens: readonly SqlToken[], script: Script): IndexField {
  const [first, second] = tokens;
  const plain = first !== undefined && first.kind !== 'symbol' && !isCall(second, tokens[2], script.dialect);
  const end = plain ? 1 : expressionEnd(tokens);
  const own = stripped(tokens.slice(0, end));
  const single =
    own.length === 1 && own[0] !== undefined && (own[0].kind === 'word' || own[0].kind === 'name') ? own[0] : null;
  const rest = tokens.slice(end);
  return {
    name: single === null ? textOf(own, script.text) : identifier(single, script.dialect),
    sort: rest.some((token) => isWord(token, 'DESC')) ? 'desc' : 'asc',
    expression: single === null,
    operatorClass: operatorClass(rest),
  };
}

/** `lower(email)` is an expression, MySQL's `name(20)` a column with a prefix length. */
function isCall(second: SqlToken | undefined, third: SqlToken | undefined, dialect: Dialect): boolean {
  if (second?.kind === 'symbol') return !isSymbol(second, '(') || !(dialect === 'mysql' && third?.kind === 'number');
  return false;
}

function expressionEnd(tokens: readonly SqlToken[]): number {
  let at = 0;
  while (at < tokens.length) {
    if (isSymbol(tokens[at], '(')) at = parenthesized(tokens, at).next;
    else if (at > 0 && endsExpression(tokens[at - 1], tokens[at])) break;
    else at += 1;
  }
  return at;
}

function endsExpression(before: SqlToken | undefined, token: SqlToken | undefined): boolean {
  return isWord(token, 'ASC', 'DESC', 'COLLATE', 'NULLS') || (isSymbol(before, ')') && token?.kind !== 'symbol');
}

/** Takes off parentheses that enclose everything. */
function stripped(tokens: readonly SqlToken[]): readonly SqlToken[] {
  let own = tokens;
  while (isSymbol(own[0], '(')) {
    const { inner, next } = parenthesized(own, 0);
    if (next < own.length) break;
    own = inner;
  }
  return own;
}

/** The word after column and collation that is no sort order: `text_pattern_ops`, `gin_trgm_ops`. */
function operatorClass(rest: readonly SqlToken[]): string | null {
  for (let at = 0; at < rest.length; at += 1) {
    const token = rest[at];
    if (isWord(token, 'COLLATE')) at += isSymbol(rest[at + 2], '.') ? 3 : 1;
    else if (isWord(token, 'ASC', 'DESC', 'NULLS', 'FIRST', 'LAST', 'WITH')) continue;
    else if (token?.kind === 'word' || token?.kind === 'name') return token.value.toLowerCase();
  }
  return null;
}

function readWhere(tokens: readonly SqlToken[], script: Script): string | null {
  const where = tokens.findIndex((token) => isWord(token, 'WHERE'));
  if (where === -1) return null;
  const rest = tokens.slice(where + 1);
  const end = script.dialect === 'sqlserver' ? rest.findIndex((token) => isWord(token, 'WITH', 'ON')) : -1;
  return textOf(stripped(end === -1 ? rest : rest.slice(0, end)), script.text);
}

function textOf(tokens: readonly SqlToken[], text: string): string {
  return text.slice(tokens[0]?.start, tokens.at(-1)?.end).replace(/\s+/g, ' ');
}
