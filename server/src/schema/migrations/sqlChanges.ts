import type { SqlToken } from '../sqlTokens.ts';
import type { Change, PlacedChange } from './change.ts';
import { readAlterTable } from './sqlAlterTable.ts';
import { readIndex, readName, type Script } from './sqlIndexes.ts';
import {
  afterWords,
  isSymbol,
  isWord,
  parenthesized,
  type SqlStatement,
  splitAtCommas,
  sqlStatements,
} from './sqlStatements.ts';
import { readTableItem } from './sqlTableItems.ts';

/** Reads a migration script; what it does not understand it skips. */
export function sqlChanges(script: Script): readonly PlacedChange[] {
  const changes: PlacedChange[] = [];
  for (const statement of sqlStatements(script.text, script.dialect)) {
    const span = { start: statement[0]?.start ?? 0, end: statement.at(-1)?.end ?? 0 };
    for (const change of statementChanges(statement, script)) changes.push({ ...change, span });
  }
  return changes;
}

function statementChanges(statement: SqlStatement, script: Script): readonly Change[] {
  const [first, second] = statement;
  if (isWord(first, 'CREATE')) return createChanges(statement, script);
  if (isWord(first, 'DROP') && isWord(second, 'INDEX')) return dropIndexChanges(statement, script);
  if (isWord(first, 'DROP') && isWord(second, 'TABLE')) return dropTableChanges(statement, script);
  if (isWord(first, 'ALTER') && isWord(second, 'TABLE'))
    return readAlterTable(afterWords(statement.slice(2), 'IF', 'EXISTS', 'ONLY'), script);
  if (isWord(first, 'ALTER') && isWord(second, 'INDEX')) return renameIndexChanges(statement, script);
  if (isWord(first, 'RENAME') && isWord(second, 'TABLE')) return renameTableChanges(statement, script);
  if (isWord(first, 'EXEC', 'EXECUTE')) return storedRename(statement);
  return [];
}

function createChanges(statement: SqlStatement, script: Script): readonly Change[] {
  const keyword = statement.findIndex((token) => isWord(token, 'TABLE', 'INDEX'));
  const between = statement.slice(1, keyword);
  if (
    keyword === -1 ||
    between.length > 4 ||
    between.some((token) => token.kind !== 'word' || NOT_AN_INDEX.has(token.value.toUpperCase()))
  )
    return [];
  const rest = afterWords(statement.slice(keyword + 1), 'CONCURRENTLY', 'IF', 'NOT', 'EXISTS');
  return isWord(statement[keyword], 'TABLE') ? createTable(rest, script) : createIndex(between, rest, script);
}

/** Words after CREATE that lead to another INDEX or TABLE further on, and tables that do not last. */
const NOT_AN_INDEX = new Set([
  'VIEW',
  'FUNCTION',
  'PROCEDURE',
  'TRIGGER',
  'TEMP',
  'TEMPORARY',
  'TYPE',
  'POLICY',
  'RULE',
  'STATISTICS',
]);

function createTable(tokens: readonly SqlToken[], script: Script): readonly Change[] {
  const name = readName(tokens, 0, script.dialect);
  if (name === null) return [];
  const items = isSymbol(tokens[name.next], '(') ? splitAtCommas(parenthesized(tokens, name.next).inner) : [];
  const indexes = items.map((item) => readTableItem(item, script)).filter((index) => index !== null);
  return [{ kind: 'createTable', table: name.parts, indexes }];
}

function createIndex(modifiers: readonly SqlToken[], tokens: readonly SqlToken[], script: Script): readonly Change[] {
  const on = tokens.findIndex((token) => isWord(token, 'ON'));
  if (on === -1) return [];
  const name = on === 0 ? null : readName(tokens, 0, script.dialect);
  const target = afterWords(tokens.slice(on + 1), 'ONLY');
  const table = readName(target, 0, script.dialect);
  if (table === null) return [];
  const has = (word: string) => modifiers.some((token) => isWord(token, word));
  const special = ['FULLTEXT', 'SPATIAL', 'COLUMNSTORE', 'INVERTED'].find(has)?.toLowerCase();
  const kind = has('UNIQUE') ? 'unique' : special === 'fulltext' ? 'fulltext' : 'index';
  const method = special === 'inverted' ? 'gin' : (special ?? 'btree');
  const index = readIndex(
    [...tokens.slice(0, on), ...target.slice(table.next)],
    kind,
    name?.parts.at(-1) ?? null,
    script,
    method,
  );
  return index === null ? [] : [{ kind: 'createIndex', table: table.parts, index }];
}

function dropIndexChanges(statement: SqlStatement, script: Script): readonly Change[] {
  const tokens = afterWords(statement.slice(2), 'CONCURRENTLY', 'IF', 'EXISTS');
  const on = tokens.findIndex((token) => isWord(token, 'ON'));
  const table = on === -1 ? null : (readName(tokens, on + 1, script.dialect)?.parts ?? null);
  const names = splitAtCommas(on === -1 ? tokens : tokens.slice(0, on));
  return names.flatMap((part) => {
    const at = part.findIndex((token) => token.value === '@');
    const name = readName(part, at + 1, script.dialect)?.parts.at(-1);
    return name === undefined ? [] : [{ kind: 'dropIndex' as const, name: afterAt(name), table }];
  });
}

function dropTableChanges(statement: SqlStatement, script: Script): readonly Change[] {
  const names = splitAtCommas(afterWords(statement.slice(2), 'IF', 'EXISTS'));
  return names.flatMap((part) => {
    const name = readName(part, 0, script.dialect);
    return name === null ? [] : [{ kind: 'dropTable' as const, table: name.parts }];
  });
}

function renameIndexChanges(statement: SqlStatement, script: Script): readonly Change[] {
  const tokens = afterWords(statement.slice(2), 'IF', 'EXISTS');
  const name = readName(tokens, 0, script.dialect);
  if (name === null || !isWord(tokens[name.next], 'RENAME') || !isWord(tokens[name.next + 1], 'TO')) return [];
  const to = readName(tokens, name.next + 2, script.dialect)?.parts.at(-1);
  return to === undefined ? [] : [{ kind: 'renameIndex', name: afterAt(name.parts.at(-1) ?? ''), to }];
}

function renameTableChanges(statement: SqlStatement, script: Script): readonly Change[] {
  return splitAtCommas(statement.slice(2)).flatMap((part) => {
    const name = readName(part, 0, script.dialect);
    const to = name === null ? null : readName(part, name.next + 1, script.dialect);
    return name === null || to === null
      ? []
      : [{ kind: 'renameTable' as const, table: name.parts, to: to.parts.at(-1) ?? '' }];
  });
}

/** SQL Server renames through `sp_rename N'schema.table.thing', N'new', N'INDEX' | N'COLUMN' | N'OBJECT'`. */
function storedRename(statement: SqlStatement): readonly Change[] {
  if (!statement.some((token) => isWord(token, 'SP_RENAME'))) return [];
  const [path = '', to = '', type = 'OBJECT'] = statement
    .filter((token) => token.kind === 'string')
    .map((token) => token.value.toLowerCase());
  const parts = path.replace(/[[\]"]/g, '').split('.');
  const name = parts.at(-1) ?? '';
  if (type === 'index') return [{ kind: 'renameIndex', name, to }];
  if (type === 'column') return [{ kind: 'renameColumn', table: parts.slice(0, -1), column: name, to }];
  return [
    { kind: 'renameTable', table: parts, to },
    { kind: 'renameIndex', name, to },
  ];
}

/** CockroachDB writes `table@index`. */
function afterAt(name: string): string {
  return name.slice(name.lastIndexOf('@') + 1);
}
