import type { PerformanceReport, ReportPlace } from './report.ts';

/** What the page of a report tells the editor that shows it. */
export type PageMessage =
  /** It listens from now on. */
  | { readonly kind: 'ready' }
  | OpenPlace
  /** A person wants the report as it is now. */
  | { readonly kind: 'refresh' };

/** A place to go to; the column is 1 where it is not known. */
export interface OpenPlace extends ReportPlace {
  readonly kind: 'open';
}

/** What an editor tells the page of a report. */
export type EditorMessage<Report = PerformanceReport> =
  /** The report as it is now; the page remembers the folder's URI, to come back with the window. */
  | { readonly kind: 'report'; readonly folder: string; readonly report: Report }
  /** There is no report, for the reason in `message`. */
  | { readonly kind: 'failed'; readonly message: string }
  /** A route to open, by its place. */
  | (RoutePlace & { readonly kind: 'route' });

/** Where a route stands in the code, as the report writes it. */
export type RoutePlace = Pick<ReportPlace, 'file' | 'line'>;
