import type { Span } from '#shared/location.ts';

/** Everything done with a value: a parameter, or what a call gives. An unused value has none. */
export type Usage = readonly Use[];

/**
 * One thing done with a value or a part of it. `path` leads from the value to the part, with `[]` for a step to an element
 * (`rows[0].name` and `rows.map(r => r.name)` both read `['[]', 'name']`).
 */
export type Use =
  /** The part is looked at for its own sake: read in an expression, compared, printed, interpolated, passed to a known pure function. */
  | { readonly kind: 'read'; readonly path: readonly string[]; readonly span: Span }
  /** Only its presence matters: `if (user)`, `!user`, `user && …`, `user == null`. */
  | { readonly kind: 'test'; readonly path: readonly string[]; readonly span: Span }
  /** Its elements are counted: `.length`; `of` is what stands before the dot. */
  | { readonly kind: 'length'; readonly path: readonly string[]; readonly span: Span; readonly of: Span }
  /** Handed to a call as (part of) an argument: `at` leads from the argument to it, as in `f({ user })` with `at: ['user']`. */
  | {
      readonly kind: 'pass';
      readonly path: readonly string[];
      readonly call: number;
      readonly argument: number;
      readonly at: readonly string[];
      readonly span: Span;
    }
  /** Given back by a function: `at` leads from the returned value to it, as in `return { items: rows }`. */
  | {
      readonly kind: 'return';
      readonly path: readonly string[];
      readonly function: number;
      readonly at: readonly string[];
      readonly span: Span;
    }
  /** A method of the part is called that does not come down to reads: `rows.sort()`, `user.toJSON()`; element reads in its callback stand on their own. */
  | {
      readonly kind: 'method';
      readonly path: readonly string[];
      readonly name: string;
      readonly call: number;
      readonly span: Span;
    }
  /** Its further way is not followed. */
  | { readonly kind: 'escape'; readonly path: readonly string[]; readonly reason: EscapeReason; readonly span: Span };

/** How a value gets out of sight. */
export type EscapeReason =
  /** `{ ...user }`, `[...rows]` into something not followed, a rest element. */
  | 'spread'
  /** `this.user = …`, `cache.x = …`, pushed into a list that goes on living. */
  | 'stored'
  /** `user[key]`. */
  | 'dynamic-key'
  /** `JSON.stringify(user)`, `res.json(user)`. */
  | 'serialised'
  /** Exported, yielded, thrown, or used in a way not understood. */
  | 'other';
