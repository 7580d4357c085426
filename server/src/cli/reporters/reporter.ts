import type { Paint } from '#render/paint.ts';
import type { LintReport } from '../lintReport.ts';

/** Turns a report into the text for standard output, with its final line end; machine formats leave `paint` alone. */
export type Reporter = (report: LintReport, paint: Paint) => string;
