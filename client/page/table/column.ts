import type { ComponentChildren } from 'preact';

/** One column of a table: how its cells look, sort, and read as text. */
export interface Column<Row> extends TextColumn<Row> {
  readonly cell: (row: Row) => ComponentChildren;
  readonly isNumber?: true;
}

/** As much of a column as sorting and copying need. */
export interface TextColumn<Row> {
  readonly title: string;
  /** What to sort by; columns without it do not sort. Null comes last either way. */
  readonly value?: (row: Row) => number | string | null;
  readonly text: (row: Row) => string;
}

/** The greatest number, or the first text, on top at the first click. */
export interface Order {
  readonly title: string;
  readonly descending: boolean;
}
