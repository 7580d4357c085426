import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BudgetResult } from '#shared/budgets.ts';
import type { PerformanceReport, ReportedQuery } from '#shared/report.ts';
import { builtPage } from '#test/support/reportPage.ts';
import { parseBySchema } from '../jsonSchemas.ts';
import { runCli } from '../runCli.ts';
import { assertClose } from './assertClose.ts';
import {
  deploysInStore,
  detailInStore,
  figuresInStore,
  type QueryFigures,
  queryUnderDeploys,
  ratioInStore,
  routeInStore,
  routeUnderDeploys,
  slowInStore,
  trendInStore,
  wholeInStore,
} from './figuresInStore.ts';
import { seededProject } from './seededProject.ts';
import { type StoreSql, storeSql } from './storeSql.ts';

// Every figure of a report, worked out a second time from the rows of the store by SQL alone.

let root = '';
let report: PerformanceReport;
let sql: StoreSql;
const hooks: (() => void)[] = [];

before(async () => {
  root = await seededProject({ after: (hook) => hooks.push(hook) });
  report = parseBySchema('report.schema.json', (await runCli(['report', '--format', 'json'], root)).stdout);
  sql = await storeSql(root);
});

after(() => {
  sql.close();
  for (const hook of hooks) hook();
});

/** The versions of the queries that stood at a call, the present one first. */
function versionsAt(site: string): readonly string[] {
  return sql
    .all<{ version: string }>(
      'SELECT version FROM executions WHERE site = @site GROUP BY version ORDER BY max(hour) DESC',
      { site },
    )
    .map(({ version }) => version);
}

function presentFigures({ id }: ReportedQuery): QueryFigures {
  return figuresInStore(sql, id, versionsAt(id)[0] ?? '');
}

describe('what a report says is what the store holds', () => {
  test('of each query', () => {
    assert.equal(report.queries.length, 5);
    for (const query of report.queries) {
      const { totalMs, ...figures } = presentFigures(query);
      assertClose(query.measurement, figures, query.name);
      assertClose(query.totalMs, totalMs, query.name);
    }
  });

  test('of a query before it was edited', () => {
    const edited = report.queries.filter(({ former }) => former !== null);
    assert.deepEqual(
      edited.map(({ file }) => file),
      ['src/edited.ts'],
    );
    for (const { id, former } of edited) {
      const { totalMs: _, perHour: __, ...figures } = figuresInStore(sql, id, versionsAt(id)[1] ?? '');
      assertClose(former, { ...figures, commit: null }, 'former');
    }
  });

  test('of the queries together, and of calls that are gone', () => {
    const figures = report.queries.map(presentFigures);
    const add = (of: (figures: QueryFigures) => number) => figures.reduce((sum, each) => sum + of(each), 0);
    const ids = JSON.stringify(report.queries.map(({ id }) => id));
    const gone = sql.one(
      "SELECT count(DISTINCT site) AS calls, sum(count) AS executions FROM executions WHERE site <> '' AND site NOT IN (SELECT value FROM json_each(@ids))",
      { ids },
    );
    const { executions, totalMs, lastSeen, measured } = report.overview;
    assertClose(
      { executions, totalMs, lastSeen, measured, gone: report.overview.gone },
      {
        ...{ executions: add(({ calls }) => calls), totalMs: add((each) => each.totalMs) },
        ...{ lastSeen: Math.max(...figures.map((each) => each.lastSeen)), measured: figures.length, gone },
      },
      'overview',
    );
  });

  test('of a query that is looked at closely', () => {
    for (const { id, name, detail } of report.queries) {
      const { histogram, trend, perRequest } = detailInStore(sql, id, versionsAt(id)[0] ?? '', detail?.histogram ?? []);
      assertClose(detail, { histogram, trend, perRequest, slowestPlan: null }, name);
    }
  });

  test('of routes', () => {
    const measured = report.routes.filter((route) => route.measured !== null);
    assert.deepEqual(
      measured.map(({ name }) => name),
      ['GET /titles', 'GET /users'],
    );
    const present = report.queries.map(({ id }) => ({ site: id, version: versionsAt(id)[0] ?? '' }));
    for (const route of measured) assertClose(route.measured, routeInStore(sql, route.name, present), route.name);
  });

  test('of indexes', () => {
    const [index, ...others] = report.indexes;
    assert.ok(index && others.length === 0);
    const served = report.queries.filter(({ id }) => index.serves.includes(id)).map(presentFigures);
    assertClose(
      index.totalMs,
      served.reduce((sum, { totalMs }) => sum + totalMs, 0),
      'index',
    );
  });

  test('of budgets', () => {
    assert.equal(report.budgets.length, 21);
    for (const budget of report.budgets)
      assertClose(budget.value, budgetInStore(budget), `${budget.subject} ${budget.measure}`);
  });

  test('of hours and deploys', () => {
    const slowMs = 150;
    const deploys = deploysInStore(sql, slowMs);
    assert.equal(deploys.length, 3);
    const [whole, points] = [wholeInStore(sql, slowMs), trendInStore(sql, slowMs)];
    assertClose(report.periods, { slowMs, whole, step: 'hour', points, deploys }, 'periods');
  });

  test('of what became others with a deploy', () => {
    const changed = report.queries.filter(({ change }) => change);
    assert.deepEqual(
      changed.map(({ file }) => file),
      ['src/edited.ts', 'src/titles.ts', 'src/users.ts'],
    );
    for (const { id, name, change } of changed) {
      const under = queryUnderDeploys(sql, id);
      assert.deepEqual(
        under.map(({ deploy }) => deploy),
        ['v1', 'v2'],
      );
      assertClose(change, { before: under[0], after: under[1] }, name);
    }
  });

  test('of routes that ask less with a deploy', () => {
    const changed = report.routes.filter(({ change }) => change);
    assert.deepEqual(
      changed.map(({ name }) => name),
      ['GET /titles'],
    );
    for (const { name, change } of changed) {
      const under = routeUnderDeploys(sql, name);
      assertClose(change, { before: under[0], after: under[1] }, name);
    }
  });

  test('and the page holds the same', async () => {
    const { script, style } = await builtPage();
    const reportPage = join(root, '.querylens');
    writeFileSync(join(reportPage, 'report-page.js'), script);
    writeFileSync(join(reportPage, 'report-page.css'), style);
    await runCli(['report', '--format', 'html'], root, { reportPage });
    const html = readFileSync(join(root, 'querylens-report.html'), 'utf8');
    const [, json = ''] = /<script type="application\/json" id="report">([^<]*)<\/script>/.exec(html) ?? [];
    assert.deepEqual(JSON.parse(json), report);
  });
});

function budgetInStore({ measure, subject, at }: BudgetResult): number | null {
  if (measure === 'slowQueriesPerHour') return slowInStore(sql, 200);
  if (measure === 'cacheHitRatio') return ratioInStore(sql, 'cache-hits');
  if (measure === 'errorRatio') return ratioInStore(sql, 'errors');
  if (subject.startsWith('GET ')) {
    const { queries, answers } = routeInStore(sql, subject, []);
    return measure === 'queries' ? (queries?.mostCalls ?? null) : (answers?.p95Ms ?? null);
  }
  const query = report.queries.find(({ file }) => file === at?.file);
  assert.ok(query && measure !== 'queries');
  return presentFigures(query)[measure];
}
