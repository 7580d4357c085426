import type { Span } from '#shared/location.ts';

/**
 * Two or more calls awaited one after the other in one list of statements, with nothing between them but declarations and logging:
 * no test, no exit, no other effect.
 */
export interface WaitsFact {
  readonly function: number;
  /** In the order they run. */
  readonly waits: readonly WaitFact[];
}

/** One awaited call of a {@link WaitsFact}. */
export interface WaitFact {
  readonly call: number;
  /** Earlier waits of the list whose value it uses, be it by what was made of that value in between, or that decide whether it runs. */
  readonly needs: readonly number[];
  /** The whole `await …`, and what it waits for. */
  readonly span: Span;
  readonly value: Span;
  /** `declared`: `const x = await …;` and nothing else. `element` of a list, `property` of an object that is made before anything else is called. */
  readonly place: 'declared' | 'element' | 'property' | 'other';
  /** Its statement; of an element the list. */
  readonly statement: Span;
  /** The declared name or pattern, or the property's name. */
  readonly name: Span | null;
  /** The statement before it, if any, is one that waits too. */
  readonly adjacent: boolean;
  /** A comment stands before its statement. */
  readonly commented: boolean;
}
