import type { ReportFormat } from '#shared/protocol.ts';

/** How a report may be printed, the default first. */
export const REPORT_FORMATS = ['markdown', 'json', 'html', 'prometheus'] as const satisfies readonly ReportFormat[];

/** Where a page is written if nobody says where: in the current folder. */
export const REPORT_PAGE = 'querylens-report.html';

/** Option values as commander gives them. */
export interface ReportOptions {
  readonly format: ReportFormat;
  /** Rows of each list in Markdown, queries and routes as metrics; the other formats hold all. */
  readonly rows: string;
  /** A file instead of the standard output; a page is always written to one. */
  readonly output?: string;
  /** As for lint: true requires measurements, false leaves them out. */
  readonly evidence?: boolean;
}
