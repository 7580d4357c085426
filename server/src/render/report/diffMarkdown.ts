import type { Finding } from '#shared/finding.ts';
import type { ReportDiff } from '#shared/reportDiff.ts';
import { budgetText } from '#words/budgetText.ts';
import { countFindings, countText, plural } from '../count.ts';
import { inlineMarkdown, tableMarkdown } from '../markdown.ts';

/** By which a program finds the comment again that it is to replace. */
export const DIFF_MARK = '<!-- querylens diff -->';

/** What a change does, for a comment under it: what came is open, what went is folded. */
export function diffMarkdown(diff: ReportDiff): string {
  return [
    DIFF_MARK,
    `## Querylens: ${headline(diff)}`,
    summary(diff),
    table('New', findingTable(diff.fresh)),
    table('Budgets crossed', budgetList(diff)),
    table('What requests cost', routeTable(diff)),
    table('Measured before and after', queryTable(diff)),
    folded(`${plural(diff.fixed.length, 'finding')} gone`, findingTable(diff.fixed)),
  ]
    .filter((block) => block !== '')
    .map((block) => `${block}\n`)
    .join('\n');
}

function headline({ fresh, fixed, crossed }: ReportDiff): string {
  const parts = [
    ...(fresh.length > 0 ? [`${countText(countFindings(fresh))} new`] : []),
    ...(fixed.length > 0 ? [`${fixed.length} gone`] : []),
    ...(crossed.length > 0 ? [`${plural(crossed.length, 'budget')} crossed`] : []),
  ];
  return parts.length === 0 ? 'nothing new' : parts.join(', ');
}

function summary({ base, unchanged, routes }: ReportDiff): string {
  const others =
    routes.length === 0 ? 'no route costs more or less' : `${plural(routes.length, 'route')} cost otherwise`;
  return `Against \`${base}\`: ${plural(unchanged, 'finding')} as before, ${others}.`;
}

function table(title: string, body: string): string {
  return body === '' ? '' : `### ${title}\n\n${body}`;
}

function folded(title: string, body: string): string {
  return body === '' ? '' : `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function findingTable(findings: readonly Finding[]): string {
  return tableMarkdown(
    ['severity', 'rule', 'place', 'message'],
    findings.map(({ severity, rule, file, line, message }) => [
      severity,
      rule,
      `\`${file}:${line}\``,
      inlineMarkdown(message),
    ]),
  );
}

function budgetList({ crossed }: ReportDiff): string {
  return crossed.map((budget) => `- ${inlineMarkdown(budgetText(budget))}`).join('\n');
}

function routeTable({ routes }: ReportDiff): string {
  return tableMarkdown(
    ['route', 'before', 'now', 'place'],
    routes.map(({ name, change, before, after, file, line }) => [
      `\`${name}\``,
      change === 'added' ? '' : (before ?? UNCOUNTED),
      change === 'removed' ? 'gone' : (after ?? UNCOUNTED),
      `\`${file}:${line}\``,
    ]),
  );
}

const UNCOUNTED = 'cannot be counted';

function queryTable({ queries }: ReportDiff): string {
  return tableMarkdown(
    ['query', 'before', 'now', 'place'],
    queries.map(({ name, before, after, file, line }) => [
      `\`${name}\``,
      before,
      after ?? 'not measured yet',
      `\`${file}:${line}\``,
    ]),
  );
}
