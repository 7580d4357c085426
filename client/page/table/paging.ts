/** Rows drawn at once: more make a browser slow, and nobody reads them. */
export const PAGE_ROWS = 100;

/** A part of a list, by places that count from 0. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly start: number;
  readonly page: number;
  readonly pages: number;
}

/** One page of a list; a page beyond its end is its last. */
export function pageOf<Row>(rows: readonly Row[], wanted: number): Page<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const start = page * PAGE_ROWS;
  return { rows: rows.slice(start, start + PAGE_ROWS), start, page, pages };
}

/** The page on which the row at a place stands; the first for none. */
export function pageWith(place: number): number {
  return Math.max(0, Math.floor(place / PAGE_ROWS));
}
