import type { Order, TextColumn } from './textColumn.ts';

/** The rows in an order; ties stay as they were, and what is not known comes last. */
export function ordered<Row>(
  rows: readonly Row[],
  columns: readonly TextColumn<Row>[],
  order: Order | null,
): readonly Row[] {
  const value = columns.find(({ title }) => title === order?.title)?.value;
  if (!value || !order) return rows;
  const sign = order.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: value(row) }))
    .sort((a, b) => compare(a.value, b.value, sign))
    .map(({ row }) => row);
}

/** What a click on a column's head asks for: numbers begin with the greatest, texts with A, and a second click turns them round. */
export function nextOrder(order: Order | null, title: string, isNumber: boolean): Order {
  return order?.title === title ? { title, descending: !order.descending } : { title, descending: isNumber };
}

function compare(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * sign;
  return COLLATOR.compare(String(a), String(b)) * sign;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });
