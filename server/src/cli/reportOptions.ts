/** How a report may be printed. */
export const REPORT_FORMATS = ['markdown', 'json'] as const;

/** Option values as commander gives them. */
export interface ReportOptions {
  readonly format: (typeof REPORT_FORMATS)[number];
  /** Rows of each list; the JSON holds all. */
  readonly rows: string;
  /** A file instead of the standard output. */
  readonly output?: string;
  /** As for lint: true requires measurements, false leaves them out. */
  readonly evidence?: boolean;
}
