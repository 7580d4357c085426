import type { SqlToken } from '#schema/sqlTokens.ts';

/** The content of a literal, null for NULL, or the number of a parameter, from 1; 0 for what says nothing, such as DEFAULT. */
export type FoldedValue = string | number | null;

/** What stood at each of the places, given by the indices of its tokens. */
export function foldedValues(
  tokens: readonly SqlToken[],
  places: readonly (readonly number[])[],
): readonly (readonly FoldedValue[])[] {
  const numbers = new Map<number, number>();
  for (const [index, { kind, value }] of tokens.entries())
    if (kind === 'symbol' && value === '?') numbers.set(index, numbers.size + 1);
  const standing = (index: number): FoldedValue => numbers.get(index) ?? writtenIn(tokens[index]);
  return places.map((place) => place.map(standing));
}

function writtenIn(token: SqlToken | undefined): FoldedValue {
  switch (token?.kind) {
    case 'string':
    case 'body':
    case 'number':
      return token.value;
    case 'parameter':
      return Number(/\d+$/.exec(token.value)?.[0] ?? 0);
    case 'word':
      return wordValue(token.value.toLowerCase());
    default:
      return 0;
  }
}

function wordValue(word: string): FoldedValue {
  if (word === 'null') return null;
  if (word === 'true' || word === 'false') return word;
  return Number(/^@p(\d+)$/.exec(word)?.[1] ?? 0);
}
