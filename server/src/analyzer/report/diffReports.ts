import { isDeepStrictEqual } from 'node:util';
import type { BudgetResult } from '#shared/budgets.ts';
import { type Finding, SEVERITIES } from '#shared/finding.ts';
import type { PerformanceReport, ReportedQuery, ReportedRoute } from '#shared/report.ts';
import type { QueryChange, ReportDiff, RouteChange } from '#shared/reportDiff.ts';
import { changingText } from '#words/measurementText.ts';
import { byPlace } from '../findingOrder.ts';

/** What became of a project between two reports; findings are known again by their ids, routes by name and file. */
export function diffReports(before: PerformanceReport, after: PerformanceReport, base: string): ReportDiff {
  const [were, are] = [idsOf(before), idsOf(after)];
  const fresh = after.findings.filter(({ id }) => !were.has(id));
  const crossed = crossedBudgets(before, after);
  const isLoud = ({ severity }: Finding) => severity === 'error' || severity === 'warning';
  return {
    ...{ version: 1, base, passes: !fresh.some(isLoud) && !crossed.some((budget) => budget.fresh) },
    fresh: fresh.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byPlace(a, b)),
    fixed: before.findings.filter(({ id }) => !are.has(id)),
    unchanged: after.findings.length - fresh.length,
    routes: routeChanges(before.routes, after.routes),
    queries: queryChanges(before.queries, after.queries),
    crossed,
  };
}

function idsOf({ findings }: PerformanceReport): ReadonlySet<string> {
  return new Set(findings.map(({ id }) => id));
}

/** Of what nothing was known, as of a route that asked in a loop, the change cannot be said to have made it worse. */
function crossedBudgets(before: PerformanceReport, after: PerformanceReport): ReportDiff['crossed'] {
  const key = ({ subject, measure, limit, at }: BudgetResult) => [subject, measure, limit, at?.file].join(' ');
  const held = new Set(before.budgets.filter(({ state }) => state === 'held').map(key));
  const names = new Set([...before.routes, ...before.queries].map(({ name }) => name));
  return after.budgets
    .filter(({ state }) => state === 'crossed')
    .map((budget) => ({
      ...budget,
      fresh: held.has(key(budget)) || (budget.at !== null && !names.has(budget.subject)),
    }));
}

function routeChanges(before: readonly ReportedRoute[], after: readonly ReportedRoute[]): readonly RouteChange[] {
  const [were, are] = [byKey(before), byKey(after)];
  const came = after.flatMap((route): RouteChange[] => {
    const old = were.get(keyOf(route));
    if (!old) return [changeOf(route, 'added', null, route.formula)];
    return old.formula === route.formula ? [] : [changeOf(route, 'changed', old.formula, route.formula)];
  });
  const went = before.filter((route) => !are.has(keyOf(route)));
  return [...came, ...went.map((route) => changeOf(route, 'removed', route.formula, null))];
}

function changeOf(
  { name, letters, file, line, column }: ReportedRoute,
  change: RouteChange['change'],
  before: string | null,
  after: string | null,
): RouteChange {
  return { name, change, before, after, letters: change === 'removed' ? [] : letters, file, line, column };
}

function byKey(routes: readonly ReportedRoute[]): ReadonlyMap<string, ReportedRoute> {
  return new Map(routes.map((route) => [keyOf(route), route]));
}

function keyOf({ name, file }: ReportedRoute): string {
  return `${file} ${name}`;
}

/** A query that has the same former figures on both sides was changed before. */
function queryChanges(before: readonly ReportedQuery[], after: readonly ReportedQuery[]): readonly QueryChange[] {
  const formers = new Map(before.map(({ id, former }) => [id, former]));
  return after.flatMap(({ id, name, former, measurement, file, line, column }) => {
    if (!former || isDeepStrictEqual(former, formers.get(id))) return [];
    return { name, before: changingText(former), after: measurement && changingText(measurement), file, line, column };
  });
}
