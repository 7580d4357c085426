import { SEVERITIES } from '#shared/finding.ts';
import type { PerformanceReport, ReportedQuery, ReportedRoute } from '#shared/report.ts';
import type { QueryChange, ReportDiff, RouteChange } from '#shared/reportDiff.ts';
import { changingText } from '#words/measurementText.ts';
import { byPlace } from '../findingOrder.ts';

/** What became of a project between two reports; findings are known again by their ids, routes by name and file. */
export function diffReports(before: PerformanceReport, after: PerformanceReport, base: string): ReportDiff {
  const [were, are] = [idsOf(before), idsOf(after)];
  const fresh = after.findings.filter(({ id }) => !were.has(id));
  return {
    ...{ version: 1, base },
    fresh: fresh.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byPlace(a, b)),
    fixed: before.findings.filter(({ id }) => !are.has(id)),
    unchanged: after.findings.length - fresh.length,
    routes: routeChanges(before.routes, after.routes),
    queries: after.queries.flatMap(queryChange),
    crossed: after.budgets.filter(({ state }) => state === 'crossed'),
  };
}

function idsOf({ findings }: PerformanceReport): ReadonlySet<string> {
  return new Set(findings.map(({ id }) => id));
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
  { name, file, line, column }: ReportedRoute,
  change: RouteChange['change'],
  before: string | null,
  after: string | null,
): RouteChange {
  return { name, change, before, after, file, line, column };
}

function byKey(routes: readonly ReportedRoute[]): ReadonlyMap<string, ReportedRoute> {
  return new Map(routes.map((route) => [keyOf(route), route]));
}

function keyOf({ name, file }: ReportedRoute): string {
  return `${file} ${name}`;
}

function queryChange({ name, former, measurement, file, line, column }: ReportedQuery): readonly QueryChange[] {
  if (!former) return [];
  const after = measurement && changingText(measurement);
  return [{ name, before: changingText(former), after, file, line, column }];
}
