/** As much of a column as sorting and copying need. */
export interface TextColumn<Row> {
  readonly title: string;
  /** What to sort by; columns without it do not sort. Null comes last either way. */
  readonly value?: (row: Row) => number | string | null;
  readonly text: (row: Row) => string;
}

/** By which column a table is sorted, and whether what is greatest comes first. */
export interface Order {
  readonly title: string;
  readonly descending: boolean;
}
