import type { Finding } from '#shared/finding.ts';
import type { CrossedBudget, ReportDiff, RouteChange } from '#shared/reportDiff.ts';
import { budgetText } from '#words/budgetText.ts';
import { measurementText } from '#words/measurementText.ts';
import { isLoud } from '../count.ts';
import { findingDetails } from '../findingMarkdown.ts';
import { inlineMarkdown, tableMarkdown } from '../markdown.ts';
import { lettersText } from './lettersText.ts';

/** Where a place of a diff can be looked at; null where nobody knows. Places of what went stand in the code of before. */
export type LinkOf = (at: Place, code: 'before' | 'now') => string | null;

/** The parts of a diff as Markdown, each empty where there is nothing to tell. */
type DiffTables = Readonly<
  Record<'loud' | 'details' | 'quiet' | 'fixed' | 'crossed' | 'crossedBefore' | 'routes' | 'queries', string>
>;

/** Makes them with so many rows each; what is cut is counted below. */
export function diffTables(diff: ReportDiff, linkOf: LinkOf, rows: number): DiffTables {
  const now = (at: Place) => placeMarkdown(at, linkOf(at, 'now'));
  const before = (at: Place) => placeMarkdown(at, linkOf(at, 'before'));
  const loud = diff.fresh.filter(isLoud);
  const findings = (all: readonly Finding[], placeOf: (at: Place) => string) =>
    cut(all, rows, FINDING, (finding) => findingRow(finding, placeOf));
  const budgets = (all: readonly CrossedBudget[]) =>
    cut(all, rows, ['budget', 'place'], (budget) => [
      inlineMarkdown(budgetText(budget)),
      budget.at ? now(budget.at) : '',
    ]);
  return {
    loud: findings(loud, now),
    details: loud
      .slice(0, rows)
      .map((finding) => `**${finding.rule}** at ${now(finding)}\n\n${findingDetails(finding, now)}`)
      .join('\n\n'),
    quiet: findings(
      diff.fresh.filter((finding) => !isLoud(finding)),
      now,
    ),
    fixed: findings(diff.fixed, before),
    crossed: budgets(diff.crossed.filter(({ fresh }) => fresh)),
    crossedBefore: budgets(diff.crossed.filter(({ fresh }) => !fresh)),
    routes: cut(diff.routes, rows, ['route', 'before', 'now', 'where', 'place'], (route) =>
      routeRow(route, route.change === 'removed' ? before : now),
    ),
    queries: cut(diff.queries, rows, ['query', 'before', 'now', 'place'], (query) => [
      `\`${query.name}\``,
      query.before,
      query.after ?? 'not measured yet',
      now(query),
    ]),
  };
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function placeMarkdown({ file, line }: Place, link: string | null): string {
  const place = `\`${file}:${line}\``;
  return link === null ? place : `[${place}](${link})`;
}

function cut<Item>(
  items: readonly Item[],
  rows: number,
  head: readonly string[],
  rowOf: (item: Item) => readonly string[],
): string {
  const table = tableMarkdown(head, items.slice(0, rows).map(rowOf));
  const more = items.length > rows ? `And ${items.length - rows} more.` : '';
  return [table, more].filter((text) => text !== '').join('\n\n');
}

const FINDING = ['severity', 'rule', 'place', 'message'];

function findingRow(finding: Finding, placeOf: (at: Place) => string): readonly string[] {
  const { severity, rule, message, measurement } = finding;
  const seen = measurement ? `<br>${measurementText(measurement)}` : '';
  return [severity, rule, placeOf(finding), `${inlineMarkdown(message)}${seen}`];
}

const UNCOUNTED = 'cannot be counted';

function routeRow(route: RouteChange, placeOf: (at: Place) => string): readonly string[] {
  const { name, change, before, after } = route;
  return [
    `\`${name}\``,
    change === 'added' ? '' : (before ?? UNCOUNTED),
    change === 'removed' ? 'gone' : (after ?? UNCOUNTED),
    lettersText(route),
    placeOf(route),
  ];
}
