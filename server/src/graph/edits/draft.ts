import type { Fix } from '#shared/finding.ts';
import type { Location, Span, TextEdit } from '#shared/location.ts';

/** A fix as a rule gives it: facts hold spans and no text, so an edit names the source it carries over and the analyzer writes it out. */
export interface DraftFix extends Omit<Fix, 'edits'> {
  readonly edits: readonly DraftEdit[];
}

/** One replacement whose new text may be put together from pieces. */
export interface DraftEdit extends Omit<TextEdit, 'newText'> {
  readonly newText: string | readonly Piece[];
}

/** Text as it stands here, source as it stands there, or a name that is still free. */
export type Piece = string | Carried | FreshName;

/** Source carried over as it is written. */
export interface Carried extends Location {
  /** Columns by which its second and further lines move to the right (negative: left); source with a template in it is never moved. */
  readonly shift?: number;
}

/** The first of the names that nothing within the place mentions; the last one gets a number where all are taken. */
export interface FreshName {
  readonly fresh: readonly string[];
  readonly within: Location;
}

/** A piece of source that an edit takes over as it stands, moved by `shift` columns. */
export function carried(file: string, span: Span, shift = 0): Carried {
  return shift === 0 ? { file, span } : { file, span, shift };
}
