/** A change to look at with the compiler; paths are absolute. */
export interface TypeQuestion {
  /** Texts as they are and as they would be; the present text of a file that does not exist yet is null. */
  readonly changes: readonly { readonly path: string; readonly before: string | null; readonly after: string }[];
  /** Files that use what changes, to be looked at too. */
  readonly dependents: readonly string[];
  /** Texts that differ from the disk, as in an editor. */
  readonly opened: readonly { readonly path: string; readonly text: string }[];
}

/** What the compiler says of a change. */
export type TypeVerdict =
  | { readonly kind: 'same' }
  /** `message` is the first new type error, with its place. */
  | { readonly kind: 'worse'; readonly message: string }
  | { readonly kind: 'unknown'; readonly reason: string };
