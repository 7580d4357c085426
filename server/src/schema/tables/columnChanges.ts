import type { Span } from '#shared/location.ts';
import type { QualifiedName } from '../migrations/change.ts';
import { identifier, readName, type Script } from '../migrations/sqlIndexes.ts';
import {
  afterWords,
  isSymbol,
  isWord,
  parenthesized,
  type SqlStatement,
  splitAtCommas,
  sqlStatements,
} from '../migrations/sqlStatements.ts';
import type { SqlToken } from '../sqlTokens.ts';
import type { Column, ColumnChange, Reference } from './column.ts';
import { columnType } from './columnType.ts';

/** What a script does to the columns of tables, in its order; what it does not understand it skips. */
export function columnChanges(script: Script): readonly ColumnChange[] {
  return [...sqlStatements(script.text, script.dialect)].flatMap((statement) => {
    const span = { start: statement[0]?.start ?? 0, end: statement.at(-1)?.end ?? 0 };
    if (isWord(statement[0], 'CREATE')) return created(statement, script, span);
    return isWord(statement[0], 'ALTER') && isWord(statement[1], 'TABLE') ? altered(statement, script, span) : [];
  });
}

function created(statement: SqlStatement, script: Script, span: Span): readonly ColumnChange[] {
  const keyword = statement.findIndex((token) => isWord(token, 'TABLE'));
  const before = statement.slice(1, keyword);
  if (keyword === -1 || before.some((token) => !isWord(token, 'UNLOGGED', 'OR', 'REPLACE'))) return [];
  const rest = afterWords(statement.slice(keyword + 1), 'IF', 'NOT', 'EXISTS');
  const name = readName(rest, 0, script.dialect);
  if (name === null || !isSymbol(rest[name.next], '(')) return [];
  const items = splitAtCommas(parenthesized(rest, name.next).inner);
  return [{ kind: 'create', table: name.parts, span, ...itemsOf(items, script) }];
}

function altered(statement: SqlStatement, script: Script, span: Span): readonly ColumnChange[] {
  const rest = afterWords(statement.slice(2), 'IF', 'EXISTS', 'ONLY');
  const name = readName(rest, 0, script.dialect);
  if (name === null) return [];
  return splitAtCommas(rest.slice(name.next)).flatMap((action) => actionOf(name.parts, action, script, span));
}

function actionOf(
  table: QualifiedName,
  action: readonly SqlToken[],
  script: Script,
  span: Span,
): readonly ColumnChange[] {
  if (!isWord(action[0], 'ADD')) return [];
  const item = afterWords(action.slice(1), 'COLUMN', 'IF', 'NOT', 'EXISTS');
  return [{ kind: 'add', table, span, ...itemsOf([item], script) }];
}

function itemsOf(
  items: readonly (readonly SqlToken[])[],
  script: Script,
): { readonly columns: readonly Column[]; readonly references: readonly Reference[] } {
  return {
    columns: items.flatMap((item) => columnOf(item, script) ?? []),
    references: items.flatMap((item) => referenceOf(item, script) ?? []),
  };
}

/** Words that begin an entry of a table that is no column. */
const NO_COLUMN = [
  'CONSTRAINT',
  'PRIMARY',
  'UNIQUE',
  'FOREIGN',
  'CHECK',
  'EXCLUDE',
  'LIKE',
  'KEY',
  'INDEX',
  'FULLTEXT',
  'SPATIAL',
  'PERIOD',
];

function columnOf(item: readonly SqlToken[], { dialect }: Script): Column | null {
  const [name, ...rest] = item;
  if (name === undefined || isWord(name, ...NO_COLUMN) || (name.kind !== 'word' && name.kind !== 'name')) return null;
  const has = (...words: readonly string[]) =>
    rest.some((_, at) => words.every((word, step) => isWord(rest[at + step], word)));
  return {
    name: identifier(name, dialect),
    type: columnType(rest),
    required: has('NOT', 'NULL') || has('PRIMARY', 'KEY'),
    hasDefault: has('DEFAULT') || rest.some((token) => /^(?:big|small)?serial$|^auto_?increment$/i.test(token.value)),
  };
}

/** `REFERENCES other (key)` behind a column, or behind `FOREIGN KEY (column)`. */
function referenceOf(item: readonly SqlToken[], { dialect }: Script): Reference | null {
  const at = item.findIndex((token) => isWord(token, 'REFERENCES'));
  const other = at === -1 ? null : readName(item, at + 1, dialect);
  if (other === null) return null;
  const names = (open: number) =>
    isSymbol(item[open], '(') ? parenthesized(item, open).inner.filter((token) => !isSymbol(token, ',')) : [];
  const foreign = item.findIndex((token) => isWord(token, 'FOREIGN'));
  const own = foreign === -1 ? item.slice(0, 1) : names(item.findIndex((token) => isSymbol(token, '(')));
  return {
    columns: own.map((token) => identifier(token, dialect)),
    table: other.parts,
    keys: names(other.next).map((token) => identifier(token, dialect)),
  };
}
