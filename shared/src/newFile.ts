/** Stands in a {@link NewFile}'s path for the moment the file is made, so that a finding says the same at all times. */
export const TIMESTAMP = '{timestamp}';

/** A file that does not exist yet; the path is like that of a finding and may hold {@link TIMESTAMP}. */
export interface NewFile {
  readonly file: string;
  readonly text: string;
}
