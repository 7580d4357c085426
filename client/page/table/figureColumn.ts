import type { Column } from './column.ts';

/** A column of figures: empty where a row has none, sorted by the figure and not by how it reads. */
export function figureColumn<Row>(
  title: string,
  value: (row: Row) => number | null,
  show: (value: number) => string,
): Column<Row> {
  const text = (row: Row): string => {
    const known = value(row);
    return known === null ? '' : show(known);
  };
  return { title, value, text, cell: text, isNumber: true };
}
