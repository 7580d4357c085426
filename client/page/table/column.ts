import type { ComponentChildren } from 'preact';
import type { TextColumn } from './textColumn.ts';

/** One column of a table: how its cells look, sort, and read as text. */
export interface Column<Row> extends TextColumn<Row> {
  readonly cell: (row: Row) => ComponentChildren;
  readonly isNumber?: true;
}
