import type { SqlToken } from '../sqlTokens.ts';
import type { Change, QualifiedName } from './change.ts';
import { readName, type Script } from './sqlIndexes.ts';
import { afterWords, isWord, splitAtCommas } from './sqlStatements.ts';
import { readTableItem } from './sqlTableItems.ts';

/** Reads `name action, action …`, the part of ALTER TABLE after its keywords. */
export function readAlterTable(tokens: readonly SqlToken[], script: Script): readonly Change[] {
  const name = readName(tokens, 0, script.dialect);
  if (name === null) return [];
  return splitAtCommas(tokens.slice(name.next)).flatMap((action) => readAction(name.parts, action, script));
}

function readAction(table: QualifiedName, action: readonly SqlToken[], script: Script): readonly Change[] {
  const [first] = action;
  const rest = action.slice(1);
  if (isWord(first, 'ADD')) return addChanges(table, afterWords(rest, 'COLUMN', 'IF', 'NOT', 'EXISTS'), script);
  if (isWord(first, 'DROP')) return dropChanges(table, rest, script);
  if (isWord(first, 'RENAME')) return renameChanges(table, rest, script);
  if (isWord(first, 'CHANGE')) return renamedColumn(table, afterWords(rest, 'COLUMN'), 1, script);
  return [];
}

function addChanges(table: QualifiedName, item: readonly SqlToken[], script: Script): readonly Change[] {
  const using = item.findIndex((token, at) => isWord(token, 'USING') && isWord(item[at + 1], 'INDEX'));
  if (using !== -1) {
    const name = readName(item, using + 2, script.dialect)?.parts.at(-1);
    const to = isWord(item[0], 'CONSTRAINT') ? (readName(item, 1, script.dialect)?.parts.at(-1) ?? null) : null;
    const as = item.some((token) => isWord(token, 'PRIMARY')) ? 'id' : 'unique';
    return name === undefined ? [] : [{ kind: 'promoteIndex', name, as, to }];
  }
  const index = readTableItem(item, script);
  return index === null ? [] : [{ kind: 'createIndex', table, index }];
}

function dropChanges(table: QualifiedName, rest: readonly SqlToken[], script: Script): readonly Change[] {
  if (isWord(rest[0], 'PRIMARY')) return [{ kind: 'dropPrimaryKey', table }];
  if (isWord(rest[0], 'FOREIGN', 'CHECK', 'DEFAULT')) return [];
  const named = isWord(rest[0], 'CONSTRAINT', 'INDEX', 'KEY');
  const tokens = afterWords(named ? rest.slice(1) : rest, 'COLUMN', 'IF', 'EXISTS');
  const name = readName(tokens, 0, script.dialect)?.parts.at(-1);
  if (name === undefined) return [];
  return named ? [{ kind: 'dropIndex', name, table }] : [{ kind: 'dropColumn', table, column: name }];
}

function renameChanges(table: QualifiedName, rest: readonly SqlToken[], script: Script): readonly Change[] {
  if (isWord(rest[0], 'TO', 'AS')) {
    const to = readName(rest, 1, script.dialect)?.parts.at(-1);
    return to === undefined ? [] : [{ kind: 'renameTable', table, to }];
  }
  if (!isWord(rest[0], 'INDEX', 'KEY', 'CONSTRAINT'))
    return renamedColumn(table, afterWords(rest, 'COLUMN'), 2, script);
  const name = readName(rest, 1, script.dialect)?.parts.at(-1);
  const to = readName(rest, 3, script.dialect)?.parts.at(-1);
  return name === undefined || to === undefined ? [] : [{ kind: 'renameIndex', name, to }];
}

/** `a TO b` or MySQL's `CHANGE a b type`: the new name stands at `at`. */
function renamedColumn(
  table: QualifiedName,
  tokens: readonly SqlToken[],
  at: number,
  script: Script,
): readonly Change[] {
  const column = readName(tokens, 0, script.dialect)?.parts.at(-1);
  const to = readName(tokens, at, script.dialect)?.parts.at(-1);
  return column === undefined || to === undefined ? [] : [{ kind: 'renameColumn', table, column, to }];
}
