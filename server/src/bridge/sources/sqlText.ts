/** How statements begin, in the form of a regular expression without flags; more than a word, for people write sentences with those. */
export const SQL_BEGIN = String.raw`(?:SELECT\s(?=\s*\d|[^\n]*\bFROM\s)|INSERT INTO\s|REPLACE INTO\s|MERGE INTO\s|DELETE FROM\s|UPDATE\s+(?=[^\n]{1,200}?\sSET\s)|WITH\s+(?=[^\n]{1,200}?\sAS\s))`;

const STATEMENT = new RegExp(
  String.raw`^\s*(?:/\*.*?\*/\s*)?\(?(?:${SQL_BEGIN.replaceAll('[^\\n]', '[^]')}|(?:BEGIN|COMMIT|ROLLBACK)\b|(?:CALL|EXPLAIN)\s)`,
  'is',
);

/** Whether a text is a statement rather than a name somebody gave one. */
export function isSql(text: string): boolean {
  return STATEMENT.test(text);
}
