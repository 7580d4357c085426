import type { IndexAdvice, ReportedIndex, ReportedQuery } from '#shared/report.ts';
import { msText } from '#words/quantities.ts';
import { plural } from '../count.ts';
import { indexTable, worthText } from './indexTable.ts';

/** How advice is shown; `hints` are not, unless asked for. */
export interface AdviceOptions {
  readonly hints: boolean;
}

/** Advice on indexes as text, each with its statement and its queries. */
export function indexesText(advice: IndexAdvice, { hints }: AdviceOptions): string {
  const queries = new Map(advice.queries.map((query) => [query.id, query]));
  const { shown, left } = shownOf(advice.indexes, hints);
  const blocks = shown.map((index) => blockOf(index, queries));
  return `${[...blocks, summaryOf(shown, left)].join('\n\n')}\n`;
}

/** The same as Markdown: a table, and the statements below it. */
export function indexesMarkdown({ indexes }: IndexAdvice, { hints }: AdviceOptions): string {
  const { shown, left } = shownOf(indexes, hints);
  const statements = shown.flatMap(({ sql, replaces }) => [sql, ...replaces.map((each) => each.sql)]);
  const script = statements.flatMap((sql) => (sql === null ? [] : [`${sql};`]));
  return [
    '# Indexes',
    indexTable(shown),
    script.length === 0 ? '' : ['```sql', ...script, '```'].join('\n'),
    summaryOf(shown, left),
  ]
    .filter((block) => block !== '')
    .map((block) => `${block}\n`)
    .join('\n');
}

/** Indexes without those that are only hints, and how many these are. */
function shownOf(indexes: readonly ReportedIndex[], hints: boolean) {
  const shown = hints ? indexes : indexes.filter(({ severity }) => severity !== 'hint');
  return { shown, left: indexes.length - shown.length };
}

function blockOf(index: ReportedIndex, queries: ReadonlyMap<string, ReportedQuery>): string {
  const { change, attribute, model, severity, file, line, sql, serves, replaces } = index;
  const worth = worthText(index);
  const hint = severity === 'hint' ? ' (hint)' : '';
  return [
    `${change === 'add' ? '+' : '-'} ${model} ${attribute}${hint}  ${file}:${line}`,
    ...(sql === null ? [] : [`  ${sql};`]),
    ...(worth === '' ? [] : [`  serves ${worth}`]),
    ...serves.flatMap((id) => queries.get(id) ?? []).map((query) => `    ${queryLine(query)}`),
    ...replaces.map((each) => `  makes ${each.attribute} superfluous${each.sql === null ? '' : `: ${each.sql};`}`),
  ].join('\n');
}

function queryLine({ name, file, line, totalMs }: ReportedQuery): string {
  return `${name}  ${file}:${line}${totalMs === null ? '' : `  ${msText(totalMs)}`}`;
}

function summaryOf(shown: readonly ReportedIndex[], left: number): string {
  const added = shown.filter(({ change }) => change === 'add');
  const served = new Set(added.flatMap(({ serves }) => serves)).size;
  const dropped = shown.length - added.length;
  const parts = [
    ...(added.length > 0
      ? [`${indexCount(added.length)} to add, for ${plural(served, 'query')}`]
      : ['No index is missing']),
    ...(dropped > 0 ? [`${indexCount(dropped)} to drop`] : []),
    ...(left > 0 ? [`${plural(left, 'hint')} left out (--hints shows them)`] : []),
  ];
  return `${parts.join('; ')}.`;
}

function indexCount(count: number): string {
  return count === 1 ? '1 index' : `${count} indexes`;
}
