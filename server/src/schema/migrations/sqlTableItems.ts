import type { SqlToken } from '../sqlTokens.ts';
import { identifier, readIndex, readName, type Script, type TableIndex } from './sqlIndexes.ts';
import { isSymbol, isWord } from './sqlStatements.ts';

/** The index that comes with one entry of CREATE TABLE or with what ADD adds: a constraint, a key, or a column's own. */
export function readTableItem(item: readonly SqlToken[], script: Script): TableIndex | null {
  const named = isWord(item[0], 'CONSTRAINT');
  const name = named ? (readName(item, 1, script.dialect)?.parts.at(-1) ?? null) : null;
  const body = named ? item.slice(name === null ? 1 : 2) : item;
  const [first, second] = body;
  if (isWord(first, 'PRIMARY')) return readIndex(body, 'id', name, script);
  if (isWord(first, 'UNIQUE')) return readIndex(body, 'unique', name ?? ownName(body, script), script);
  if (isWord(first, 'EXCLUDE')) return readIndex(body, 'index', name, script, 'gist');
  if (isWord(first, 'FULLTEXT', 'SPATIAL') && isWord(second, 'KEY', 'INDEX')) {
    const kind = isWord(first, 'FULLTEXT') ? 'fulltext' : 'index';
    return readIndex(body, kind, ownName(body, script), script, kind === 'fulltext' ? kind : 'spatial');
  }
  if (isWord(first, 'KEY', 'INDEX') && (script.dialect === 'mysql' || script.dialect === 'sqlserver')) {
    return readIndex(body, 'index', ownName(body, script), script);
  }
  return isWord(first, 'FOREIGN', 'CHECK', 'LIKE', 'PERIOD') || named ? null : columnIndex(body, script);
}

const KEYWORDS = [
  'UNIQUE',
  'FULLTEXT',
  'SPATIAL',
  'KEY',
  'INDEX',
  'CLUSTERED',
  'NONCLUSTERED',
  'NULLS',
  'NOT',
  'DISTINCT',
  'IF',
  'EXISTS',
];

/** A key's own name stands between its keywords and its columns: `UNIQUE KEY name (…)`. */
function ownName(body: readonly SqlToken[], script: Script): string | null {
  const token = body.find((candidate) => !isWord(candidate, ...KEYWORDS));
  if (token === undefined || isSymbol(token, '(') || isWord(token, 'USING')) return null;
  return identifier(token, script.dialect);
}

/** `id INTEGER PRIMARY KEY`, `email TEXT UNIQUE`. */
function columnIndex(item: readonly SqlToken[], script: Script): TableIndex | null {
  const [column] = item;
  if (column === undefined || (column.kind !== 'word' && column.kind !== 'name')) return null;
  const rest = topLevel(item.slice(1));
  const primary = rest.some((token, at) => isWord(token, 'PRIMARY') && isWord(rest[at + 1], 'KEY'));
  if (!primary && !rest.some((token) => isWord(token, 'UNIQUE'))) return null;
  const field = {
    name: identifier(column, script.dialect),
    sort: 'asc',
    expression: false,
    operatorClass: null,
  } as const;
  return { kind: primary ? 'id' : 'unique', name: null, fields: [field], method: 'btree', where: null };
}

function topLevel(tokens: readonly SqlToken[]): readonly SqlToken[] {
  let depth = 0;
  return tokens.filter((token) => {
    if (isSymbol(token, '(')) depth += 1;
    else if (isSymbol(token, ')')) depth -= 1;
    return depth === 0;
  });
}
