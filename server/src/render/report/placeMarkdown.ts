import type { ReportPlace } from '#shared/report.ts';

/** A place as a report names it: `src/app.ts:12`. */
export function placeMarkdown({ file, line }: Pick<ReportPlace, 'file' | 'line'>): string {
  return `\`${file}:${line}\``;
}
