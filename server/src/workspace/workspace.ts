/** Where text comes from. The engine reads through this and nothing else, so the disk, open documents and tests look alike. */
export interface Workspace {
  /** Absolute path or URI of the root, only for messages and for asking git; never part of a finding. */
  readonly root: string;
  /** Every file the engine may read, POSIX, relative to the root, sorted; dependencies and build output are left out. */
  files(): readonly string[];
  /** The file's text, or null when it is missing, unreadable, binary or too large (a problem is recorded then). */
  read(path: string): string | null;
  /** Files that could not be used, each with the reason, known after they were asked for. */
  problems(): readonly UnreadableFile[];
}

export interface UnreadableFile {
  readonly file: string;
  readonly reason: string;
}
