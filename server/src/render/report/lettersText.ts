import type { ReportedRoute } from '#shared/report.ts';
import { inlineMarkdown } from '../markdown.ts';

/** What the letters of a formula go over, in Markdown: `N: orders, at most 100; M: turns of a loop`. */
export function lettersText({ letters }: Pick<ReportedRoute, 'letters'>): string {
  return letters
    .map(
      ({ letter, of, most }) =>
        `${letter}: ${inlineMarkdown(of ?? 'turns of a loop')}${most === null ? '' : `, at most ${most}`}`,
    )
    .join('; ');
}
