import type { Span } from '#shared/location.ts';

/**
 * One request in the body of a loop (`x.y.find({ where: … })`, its argument written down in place), as far as taking it
 * out of the loop needs to know; names are told apart by scope, so what is carried over still means the same.
 */
export interface TurnFact {
  readonly call: number;
  /** The innermost loop around it: a statement, or the call of the callback it stands in. */
  readonly loop: number;
  /** The object the model is read from: `prisma` of `prisma.user.findUnique`. */
  readonly client: Span;
  /** The call, with its `await` where it has one, if any other expression can stand in its place; null inside operators and chains. */
  readonly slot: Span | null;
  /** Its value only decides an `if` or stands behind `!`. */
  readonly tested: boolean;
  /** The variable without a written type that it initialises by itself, with the declaring statement. */
  readonly declares: {
    readonly name: string;
    readonly span: Span;
    /** Nothing takes the variable as a whole: its properties are read, or whether it is there. */
    readonly byParts: boolean;
  } | null;
  /** What stands for the element, as written: `order`, `{ id, name }`, and for callbacks the whole parameter list without parentheses. */
  readonly element: Span | null;
  /** The element's name; null where it is a pattern. */
  readonly elementName: string | null;
  /** What the loop goes over can be written again: a name, or properties read from one. */
  readonly plainOver: boolean;
  /** Uses of names inside the call that the loop declares, in source order. */
  readonly inner: readonly InnerName[];
  /** Its arguments wait, or change something. */
  readonly unsteady: boolean;
  /** Its arguments read past what may be missing: `?.`. */
  readonly optional: boolean;
  /** An earlier statement of the turn may leave it. */
  readonly guarded: boolean;
  /** Stands in a `try` within the turn. */
  readonly tried: boolean;
  /** The turn is this request and nothing else. */
  readonly alone: boolean;
  /** The constants a turn declares before a request that is all it does else. */
  readonly prelude: Span | null;
  /** Start of the statement before which something can be put that then runs once before the loop; null where there is none. */
  readonly before: number | null;
  /** The statement that is the loop and nothing else, its `await Promise.all` included. */
  readonly statement: Span | null;
  /** For callbacks: `Promise.all(…)` around the loop, with its `await` where it has one. */
  readonly all: { readonly span: Span; readonly awaited: boolean } | null;
  /** For callbacks: `async` and the space behind it, where the request has the only `await` of the callback. */
  readonly asyncWord: Span | null;
}

/** A name that means something within a loop only. */
export interface InnerName {
  readonly span: Span;
  readonly from: 'element' | 'body';
  /** What is read of the element, `['user', 'id']` of `order.user.id`, and where that stands; null where it is more than properties. */
  readonly read: { readonly path: readonly string[]; readonly span: Span } | null;
}
