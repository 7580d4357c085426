import type { Dialect, SqlToken } from '#schema/sqlTokens.ts';

/** Whether the token at `index` is a literal or a placeholder, which stand for the same thing. */
export function isValue(token: SqlToken, tokens: readonly SqlToken[], index: number, dialect: Dialect): boolean {
  switch (token.kind) {
    case 'string':
    case 'number':
    case 'parameter':
    case 'body':
      return true;
    case 'symbol':
      return token.value === '?' || (token.value === '...' && opensElement(tokens[index - 1]));
    case 'word':
      return isValueWord(token.value.toLowerCase(), tokens, index, dialect);
    default:
      return false;
  }
}

function isValueWord(word: string, tokens: readonly SqlToken[], index: number, dialect: Dialect): boolean {
  const before = tokens[index - 1];
  switch (word) {
    case 'true':
    case 'false':
      return !isWord(before, 'is') && !(isWord(before, 'not') && isWord(tokens[index - 2], 'is'));
    case 'null':
      return !isWord(before, 'is') && !isWord(before, 'not');
    case 'default':
      return opensElement(before) && closesElement(tokens[index + 1]);
    default:
      return dialect === 'sqlserver' && /^@p\d+$/.test(word);
  }
}

function opensElement(token: SqlToken | undefined): boolean {
  return token?.kind === 'symbol' && (token.value === '(' || token.value === ',');
}

function closesElement(token: SqlToken | undefined): boolean {
  return token === undefined || (token.kind === 'symbol' && (token.value === ')' || token.value === ','));
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value.toLowerCase() === word;
}
