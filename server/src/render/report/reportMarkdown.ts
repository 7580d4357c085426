import { PROOFS } from '#shared/finding.ts';
import type { PerformanceReport, ReportedRoute } from '#shared/report.ts';
import { budgetText } from '#words/budgetText.ts';
import { perRequestText, spreadText } from '#words/measurementText.ts';
import { proofText } from '#words/proofText.ts';
import { compactCount, hourText, msText } from '#words/quantities.ts';
import { goneText, whatChanged } from '#words/whatChanged.ts';
import { countFindings, countText, plural } from '../count.ts';
import { inlineMarkdown, tableMarkdown } from '../markdown.ts';
import { indexTable } from './indexTable.ts';
import { lettersText } from './lettersText.ts';
import { changedTable, deployTable, trendTable } from './periodsMarkdown.ts';
import { placeMarkdown } from './placeMarkdown.ts';
import { type MeasuredQuery, reportLists } from './reportLists.ts';

/** The report as Markdown; lists are cut after `rows` and say so. */
export function reportMarkdown(report: PerformanceReport, rows: number): string {
  const lists = reportLists(report);
  const queries = (title: string, all: readonly MeasuredQuery[]) =>
    section(title, queryTable(all.slice(0, rows)), all.length - rows);
  return [
    '# Performance report',
    overview(report),
    queries('Slowest by total time', lists.byTotalTime),
    queries('Slowest by p95', lists.byP95),
    queries('Most called', lists.byCalls),
    queries('Most often in one request', lists.byPerRequest),
    ...periods(report, rows),
    section('Routes', routeTable(lists.routes.slice(0, rows)), lists.routes.length - rows),
    ...findings(report),
    section('Indexes', indexTable(report.indexes.slice(0, rows)), report.indexes.length - rows),
    section('Budgets', budgetTable(report), 0),
    section('Not understood', notUnderstood(report, rows), report.coverage.unresolved.length - rows),
  ]
    .filter((block) => block !== '')
    .map((block) => `${block}\n`)
    .join('\n');
}

function overview({ overview, coverage, findings }: PerformanceReport): string {
  const { queries, measured, executions, totalMs, lastSeen, routes, gone } = overview;
  const seen =
    lastSeen === null
      ? 'Nothing was measured yet: `querylens ingest`, `watch` and `serve` count what the running system does.'
      : `${measured} of them measured: ${compactCount(executions)} executions that took ${msText(totalMs)}, the last one in the hour of ${hourText(lastSeen)}.`;
  return [
    `- ${plural(queries, 'query')} in the code. ${seen}`,
    ...(gone.calls === 0 ? [] : [`- ${goneText(gone)}.`]),
    `- ${plural(routes, 'route')} that ask the database.`,
    `- ${countText(countFindings(findings))}.`,
    `- ${coverage.understood} of ${coverage.queryCalls} queries understood.`,
  ].join('\n');
}

/** What became of queries and routes, and how the whole went; what is long is cut after `rows`. */
function periods(report: PerformanceReport, rows: number): readonly string[] {
  const { periods } = report;
  const changed = whatChanged(report);
  return [
    section('Before and after', changedTable(changed.slice(0, rows)), changed.length - rows),
    periods ? section('Deploys', deployTable(periods, rows), periods.deploys.length - rows) : '',
    periods ? section('Over time', trendTable(periods, rows), periods.points.length - rows) : '',
  ];
}

function section(title: string, body: string, left: number): string {
  if (body === '') return '';
  return [`## ${title}`, '', body, ...(left > 0 ? ['', `And ${left} more.`] : [])].join('\n');
}

function queryTable(queries: readonly MeasuredQuery[]): string {
  return tableMarkdown(
    ['query', 'total', 'latency', 'calls', 'per request', 'routes', 'place'],
    queries.map(({ name, totalMs, measurement, routes, ...place }) => [
      `\`${name}\``,
      msText(totalMs),
      spreadText(measurement),
      compactCount(measurement.calls),
      measurement.perRequest === null ? '' : perRequestText(measurement.perRequest),
      shortened(routes),
      placeMarkdown(place),
    ]),
  );
}

const MOST_ROUTES = 2;

function shortened(routes: readonly string[]): string {
  const shown = routes.slice(0, MOST_ROUTES).map((route) => `\`${route}\``);
  const left = routes.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

function routeTable(routes: readonly ReportedRoute[]): string {
  return tableMarkdown(
    ['route', 'queries of one request', 'where', 'measured', 'place'],
    routes.map((route) => [
      `\`${route.name}\``,
      route.formula ?? 'cannot be counted',
      lettersText(route),
      measuredText(route),
      placeMarkdown(route),
    ]),
  );
}

function measuredText({ measured }: ReportedRoute): string {
  const queries = measured?.queries;
  const answers = measured?.answers;
  const asked = queries
    ? `${perRequestText(queries.callsPerRequest)} on average, ${perRequestText(queries.mostCalls)} at most, ${msText(queries.msPerRequest)} in ${plural(queries.requests, 'request')}`
    : '';
  const answered = answers
    ? `answered in ${msText(answers.meanMs)}${answers.p95Ms === null ? '' : `, p95 ${msText(answers.p95Ms)}`}`
    : '';
  return [asked, answered].filter((text) => text !== '').join('; ');
}

function findings({ findings }: PerformanceReport): readonly string[] {
  return PROOFS.toReversed().map((proof) => {
    const of = findings.filter((finding) => finding.proof === proof && finding.severity !== 'hint');
    const body = tableMarkdown(
      ['severity', 'rule', 'place', 'message'],
      of.map(({ severity, rule, message, ...place }) => [
        severity,
        rule,
        placeMarkdown(place),
        inlineMarkdown(message),
      ]),
    );
    return section(`Findings: ${proofText(proof)}`, body, 0);
  });
}

function budgetTable({ budgets }: PerformanceReport): string {
  return tableMarkdown(
    ['', 'budget', 'place'],
    budgets.map((budget) => [
      budget.state,
      inlineMarkdown(budgetText(budget)),
      budget.at ? placeMarkdown(budget.at) : '',
    ]),
  );
}

function notUnderstood({ coverage: { unresolved } }: PerformanceReport, rows: number): string {
  return tableMarkdown(
    ['place', 'why'],
    unresolved.slice(0, rows).map(({ file, line, reason }) => [`\`${file}:${line}\``, inlineMarkdown(reason)]),
  );
}
