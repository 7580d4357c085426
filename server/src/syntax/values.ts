import type { Span } from '#shared/location.ts';

/**
 * What a name stands for: a root and the properties read from it. `const` aliases, destructuring, `await`, `as`, `!` and
 * parentheses are followed while the facts are taken, so `db`, `const { prisma: db } = ctx` and `ctx.prisma!` look alike.
 * An element of a list is the step `[]` (`xs[0]`, `for (const x of xs)`, `const [x] = xs`, the parameter of `xs.map(x => …)`).
 */
export interface Reference {
  readonly root: Root;
  readonly path: readonly string[];
}

/** Where a reference begins. */
export type Root =
  | { readonly kind: 'import'; readonly import: number }
  | { readonly kind: 'function'; readonly function: number }
  | { readonly kind: 'class'; readonly class: number }
  /** A variable that could not be reduced to what it was initialised with: an object, a literal, a reassigned `let`. */
  | { readonly kind: 'variable'; readonly variable: number }
  | { readonly kind: 'parameter'; readonly function: number; readonly index: number }
  | { readonly kind: 'this'; readonly class: number | null }
  | { readonly kind: 'super'; readonly class: number | null }
  /** The value a call gives: `getPrisma().user`, `(await list()).length`, `new Service().run`. */
  | { readonly kind: 'call'; readonly call: number }
  /** A name declared nowhere in the file. */
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'unknown' };

/** An expression as far as the text tells it; `await`, `as`, `satisfies`, `!` and parentheses are transparent. */
export type Value =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | bigint | null; readonly span: Span }
  | { readonly kind: 'undefined'; readonly span: Span }
  /** A template with substitutions; `texts` has one element more than `values`. */
  | {
      readonly kind: 'template';
      readonly texts: readonly string[];
      /** Where each text stands, without the marks around it; as long as the text unless that has escapes or was cut. */
      readonly textSpans: readonly Span[];
      readonly values: readonly Value[];
      readonly span: Span;
    }
  | { readonly kind: 'object'; readonly properties: readonly Property[]; readonly span: Span }
  | { readonly kind: 'array'; readonly items: readonly Value[]; readonly span: Span }
  /** In an array or argument list. */
  | { readonly kind: 'spread'; readonly value: Value; readonly span: Span }
  | { readonly kind: 'reference'; readonly to: Reference; readonly span: Span }
  | { readonly kind: 'function'; readonly function: number; readonly span: Span }
  | { readonly kind: 'class'; readonly class: number; readonly span: Span }
  | { readonly kind: 'call'; readonly call: number; readonly span: Span }
  /** `a ? b : c`, `a || b`, `a ?? b`; `a && b` has the options undefined and b. The test is in `test`. */
  | {
      readonly kind: 'choice';
      readonly operator: '?:' | '||' | '??' | '&&';
      readonly test: Value;
      readonly options: readonly Value[];
      readonly span: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Value;
      readonly right: Value;
      readonly span: Span;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Value; readonly span: Span }
  | { readonly kind: 'unknown'; readonly span: Span };

/** An entry of an object as it is written. */
export type Property =
  | {
      readonly kind: 'property';
      readonly key: string;
      readonly keySpan: Span;
      readonly value: Value;
      readonly span: Span;
    }
  | { readonly kind: 'computed'; readonly name: Value; readonly value: Value; readonly span: Span }
  | { readonly kind: 'spread'; readonly value: Value; readonly span: Span };
