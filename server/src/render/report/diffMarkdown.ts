import type { ReportDiff } from '#shared/reportDiff.ts';
import { countFindings, countText, isLoud, plural } from '../count.ts';
import { foldedMarkdown } from '../markdown.ts';
import { diffTables, type LinkOf } from './diffTables.ts';

interface DiffSurroundings {
  /** The project's folder in its repository; `''` for the repository itself. Each project has a comment of its own. */
  readonly project: string;
  readonly linkOf: LinkOf;
}

/** Characters GitHub takes in a comment. */
const MOST = 65_536;

/** Rows of each table, fewer until the text is short enough. */
const ROWS = [100, 50, 20, 10, 5, 1, 0];

/** What a change does, for a comment under it: the verdict, then what came, what it costs, and folded what went. */
export function diffMarkdown(diff: ReportDiff, around: DiffSurroundings): string {
  let text = '';
  for (const rows of ROWS) {
    text = withRows(diff, around, rows);
    if (text.length <= MOST) break;
  }
  return text;
}

function withRows(diff: ReportDiff, { project, linkOf }: DiffSurroundings, rows: number): string {
  const tables = diffTables(diff, linkOf, rows);
  const known = diff.crossed.filter(({ fresh }) => !fresh).length;
  return [
    diffMark(project),
    `## Querylens ${diff.passes ? 'passes' : 'fails'}${project === '' ? '' : ` for \`${project}\``}: ${headline(diff)}`,
    summary(diff),
    titled('New', tables.loud),
    foldedMarkdown('Proof and what to do', tables.details),
    titled('Budgets crossed', tables.crossed),
    titled('What requests cost', tables.routes),
    titled('Measured before and after', tables.queries),
    foldedMarkdown(`${countText(countFindings(diff.fresh.filter((each) => !isLoud(each))))} new`, tables.quiet),
    foldedMarkdown(`${plural(diff.fixed.length, 'finding')} gone`, tables.fixed),
    foldedMarkdown(`${plural(known, 'budget')} crossed, not by this change`, tables.crossedBefore),
  ]
    .filter((block) => block !== '')
    .map((block) => `${block}\n`)
    .join('\n');
}

/** By which a program finds the comment again that it is to replace. */
function diffMark(project: string): string {
  return `<!-- querylens diff${project === '' ? '' : ` ${project}`} -->`;
}

function headline({ fresh, fixed, crossed, routes }: ReportDiff): string {
  const newlyCrossed = crossed.filter((budget) => budget.fresh).length;
  const parts = [
    ...(fresh.length > 0 ? [`${countText(countFindings(fresh))} new`] : []),
    ...(fixed.length > 0 ? [`${fixed.length} gone`] : []),
    ...(newlyCrossed > 0 ? [`${plural(newlyCrossed, 'budget')} crossed`] : []),
    ...(routes.length > 0 ? [costText(routes.length)] : []),
  ];
  return parts.length === 0 ? 'nothing new' : parts.join(', ');
}

function summary({ base, unchanged, routes }: ReportDiff): string {
  const others = routes.length === 0 ? ', no route costs more or less' : '';
  return `Against \`${base}\`: ${plural(unchanged, 'finding')} as before${others}.`;
}

function costText(routes: number): string {
  return `cost of ${plural(routes, 'route')} changed`;
}

function titled(title: string, body: string): string {
  return body === '' ? '' : `### ${title}\n\n${body}`;
}
