/** A stretch of one file's text in UTF-16 code units, end exclusive; facts use it because it survives no edit and costs two numbers. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span of a named file; paths are POSIX and relative to the workspace root. */
export interface Location {
  readonly file: string;
  readonly span: Span;
}

/** Where a person looks: lines and columns from 1, `endColumn` exclusive, as printed in reports. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One replacement of a file's text; an insertion has an empty span. */
export interface TextEdit {
  readonly file: string;
  readonly span: Span;
  readonly newText: string;
}
