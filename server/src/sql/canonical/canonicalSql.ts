import { type Dialect, sqlTokensAndComments } from '#schema/sqlTokens.ts';
import { type FoldedValue, foldedValues } from './foldedValues.ts';
import { createFold } from './foldLists.ts';
import { joinPieces } from './joinPieces.ts';
import { isValue } from './values.ts';

/** What a statement asks whatever the values are. */
export interface CanonicalSql {
  /** The same text for every run of the same statement, on both sides of the database's own normalisation; no value is left in it. */
  readonly text: string;
  /** What stands in its comments, in order, with the blanks around it; call-site tags come last. */
  readonly comments: readonly string[];
}

/**
 * Takes out of a statement what differs from run to run and from log to log: comments, values, the length of lists, the number of rows,
 * blanks, the case of bare words. Anything is taken, cut off or not; giving it its own answer changes nothing.
 */
export function canonicalSql(sql: string, dialect: Dialect): CanonicalSql {
  const { text, comments } = foldedSql(sql, dialect);
  return { text, comments };
}

/** The canonical text together with what was taken out of it. */
export interface FoldedSql extends CanonicalSql {
  /**
   * For each `?` of the text, in order, what stood there: several where a list or rows were folded. They are values of the application, and
   * end where a statement is told from another.
   */
  values(): readonly (readonly FoldedValue[])[];
}

/** Like {@link canonicalSql} for whoever must look at the values as well. */
export function foldedSql(sql: string, dialect: Dialect): FoldedSql {
  const { tokens, comments } = sqlTokensAndComments(sql, dialect);
  const fold = createFold();
  for (const [index, token] of tokens.entries()) {
    if (isValue(token, tokens, index, dialect)) fold.value(token.kind === 'string' || token.kind === 'body', index);
    else fold.add(token.kind === 'word' ? token.value.toLowerCase() : sql.slice(token.start, token.end));
  }
  return { text: joinPieces(fold.pieces()), comments, values: () => foldedValues(tokens, fold.folded()) };
}
