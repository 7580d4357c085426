import type { Span } from '#shared/location.ts';

/**
 * The one thing done with the list a `findMany` gives, as often as that runs: it is searched, filtered, added up, cut to a part (its
 * `length` may be read too), or its first row is taken (whether there is one may be tested too).
 */
export interface NarrowingFact {
  /** The request. */
  readonly call: number;
  readonly method: 'find' | 'filter' | 'some' | 'every' | 'reduce' | 'slice' | 'first';
  /** The whole expression, `rows.find(…)`, and what stands before the dot; of the first of several readings of the first row. */
  readonly span: Span;
  readonly of: Span;
  /** The call of the method; null for `rows[0]` and its like. */
  readonly by: number | null;
  /** The function written in place as its first argument. */
  readonly callback: number | null;
}
