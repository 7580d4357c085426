import type { Location } from '#shared/location.ts';
import type { ResolvedValue } from '../projectGraph.ts';

/** A stretch of the text of a raw query. */
export type SqlPart =
  /** Written in the code. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly at: Location;
      /** Character for character as in the source, so that a place in the text is a place in the file. */
      readonly exact: boolean;
    }
  /** Sent beside the text, as a parameter; `list` where there is one for each element of `value`. */
  | { readonly kind: 'parameter'; readonly value: ResolvedValue; readonly list: boolean; readonly at: Location }
  /** Becomes part of the text without being known. */
  | {
      readonly kind: 'unknown';
      /** `fragment`: an SQL object made elsewhere, whose values stay parameters. `text`: put in as it is. */
      readonly as: 'fragment' | 'text';
      /** By its form it can only be a number, such as `Number(x)` or `a * b`. */
      readonly number: boolean;
      /** What a reader calls it: a variable, a property, a function; empty where it has no name. */
      readonly name: string;
      readonly value: ResolvedValue;
      readonly at: Location;
    };

/** The text with `place(n)` for the nth parameter, from 1; what is not known becomes a comment with its name. */
export function textOfParts(parts: readonly SqlPart[], place: (number: number) => string): string {
  let number = 0;
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      return part.kind === 'parameter' ? place(++number) : `/* ${part.name || '…'} */`;
    })
    .join('');
}

/** Where characters of a text part stand; the whole part where escapes keep that from being told. */
export function placeInText(part: Extract<SqlPart, { kind: 'text' }>, from: number, to: number): Location {
  const { file, span } = part.at;
  return part.exact ? { file, span: { start: span.start + from, end: span.start + to } } : part.at;
}
