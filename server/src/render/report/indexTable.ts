import type { ReportedIndex } from '#shared/report.ts';
import { msText } from '#words/quantities.ts';
import { plural } from '../count.ts';
import { tableMarkdown } from '../markdown.ts';
import { placeMarkdown } from './placeMarkdown.ts';

/** Indexes as a table of Markdown; empty where there are none. */
export function indexTable(indexes: readonly ReportedIndex[]): string {
  return tableMarkdown(
    ['change', 'severity', 'index', 'serves', 'makes superfluous', 'place'],
    indexes.map((index) => [
      index.change,
      index.severity,
      `\`${index.model}\` \`${index.attribute}\``,
      worthText(index),
      index.replaces.map(({ attribute }) => `\`${attribute}\``).join(', '),
      placeMarkdown(index),
    ]),
  );
}

/** What an index is worth: `3 queries of 2 routes, 1.2 s`; empty where it serves none. */
export function worthText({ serves, routes, totalMs }: ReportedIndex): string {
  if (serves.length === 0) return '';
  const from = routes.length === 0 ? '' : ` of ${plural(routes.length, 'route')}`;
  return `${plural(serves.length, 'query')}${from}${totalMs === null ? '' : `, ${msText(totalMs)}`}`;
}
